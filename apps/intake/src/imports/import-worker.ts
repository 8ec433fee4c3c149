import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { letGoFirst, Loop, Relay } from '@headwater/messaging';
import { about, Database, faultPoint, isBeaten, isTemporary, nowOf, type Tx } from '@headwater/platform';
import { CaptureLeads } from '../capture-leads';
import type { FileRow } from '../domain/imports/file-window';
import type { ImportRecord } from '../domain/imports/import-record';
import { INTAKE_CONFIG, type IntakeConfig } from '../intake.config';
import { ImportsStore } from '../store/imports.store';
import { FileRows } from './file-rows';
import { RefreshStatistics } from './refresh-statistics';
import { TakeInRows } from './take-in-rows';
import { TryRows } from './try-rows';

/** Rows of one transaction: more would keep others longer from the people in them, fewer cost more a row. */
const BATCH = 400;
const POLL_MS = 1_000;
const PAUSE_MS = 1_000;
const TRIES = 3;
/** Longer than a batch takes. */
const SLOW_FOR_MS = 3_000;
const TIDY_EVERY_MS = 60_000;
const UPLOAD_KEPT_DAYS = 1;

/** How far this process is with an import: its rows ahead, and what a batch that fails is tried with next. */
interface Work {
  record: ImportRecord;
  rows: FileRows;
  size: number;
  tries: number;
  /** the row that the batch consists of is refused, as nothing else helped */
  refuses: boolean;
  notBefore: number;
}

/**
 * Works on imports, a batch of rows at a time, and each batch is one transaction: the leads, a verdict for each row, and where to go
 * on. Whoever is killed has done a batch or not. Several imports take turns; what comes in live goes first.
 */
@Injectable()
export class ImportWorker extends Loop {
  protected readonly whenFailed = 'Imports pause';
  private readonly id = randomUUID();
  private readonly works = new Map<number, Work>();
  private tidiedAt = -Infinity;

  constructor(
    private readonly database: Database, private readonly imports: ImportsStore, private readonly takeInRows: TakeInRows, private readonly tryRows: TryRows,
    private readonly statistics: RefreshStatistics, private readonly captureLeads: CaptureLeads, private readonly relay: Relay, @Inject(INTAKE_CONFIG) private readonly config: IntakeConfig,
  ) {
    super();
  }

  protected async round(): Promise<number> {
    await this.tidy();
    if (!await this.workOnce()) return this.restMs();
    await letGoFirst(() => this.captureLeads.isBusy);
    return 0;
  }

  /** Until something is due; what is known ahead of imports that nobody may work on any more is let go. */
  private restMs(): number {
    const now = performance.now();
    const due = [...this.works].filter(([id, { notBefore }]) => notBefore > now || !this.works.delete(id)).map(([, { notBefore }]) => notBefore - now);
    return Math.min(POLL_MS, ...due);
  }

  /** @returns whether there was anything to do */
  private async workOnce(): Promise<boolean> {
    let work: Work | undefined;
    try {
      const passed = await this.database.transaction(async (tx) => {
        const record = await this.imports.claim(tx, this.id, this.waiting());
        if (!record) return null;
        work = this.workOn(record);
        const rows = await work.rows.peek(tx, this.imports, work.size);
        await this.work(tx, work, rows);
        faultPoint('import.before_commit');
        return rows.length;
      });
      faultPoint('import.after_commit');
      if (passed !== null) this.pass(work!, passed);
      if (passed) this.tookIn();
      return passed !== null;
    } catch (error) {
      if (!work) throw error;
      await this.failed(work, error as Error);
      return true;
    }
  }

  private tookIn(): void {
    this.statistics.grew();
    this.relay.slowBulk({ forMs: SLOW_FOR_MS, perSecond: this.config.IMPORT_EVENTS_PER_SECOND });
  }

  private work(tx: Tx, { record, refuses }: Work, rows: FileRow[]): Promise<unknown> {
    if (record.state === 'dry_run') return rows.length > 0 ? this.tryRows.tryOut(tx, record, rows) : this.tryRows.end(tx, record);
    return rows.length > 0 ? this.takeInRows.takeIn(tx, record, rows, { refuses }) : this.takeInRows.end(tx, record);
  }

  /** What is known of it ahead, unless somebody else has gone on with it meanwhile. */
  private workOn(record: ImportRecord): Work {
    const known = this.works.get(record.id);
    const work = known?.rows.isAt(record.cursor) && known.record.state === record.state
      ? { ...known, record } : { record, rows: new FileRows(record), size: Math.min(BATCH, record.options.rows_per_s ?? BATCH), tries: 0, refuses: false, notBefore: 0 };
    this.works.set(record.id, work);
    return work;
  }

  private pass(work: Work, rows: number): void {
    if (rows === 0) this.works.delete(work.record.id);
    work.rows.pass(rows);
    const { rows_per_s } = work.record.options;
    const size = Math.min(BATCH, rows_per_s ?? BATCH, work.size * 2);
    Object.assign(work, { size, tries: 0, refuses: false, notBefore: rows_per_s ? performance.now() + (1_000 * rows) / rows_per_s : 0 });
  }

  /** What is to be left alone for a moment. */
  private waiting(): number[] {
    return [...this.works.values()].filter(({ notBefore }) => notBefore > performance.now()).map(({ record }) => record.id);
  }

  /** A race is tried again; else it is the fault of a row, which halving finds and which is refused then. */
  private async failed(work: Work, error: Error): Promise<void> {
    const { id, tenant_id: tenant, correlation_id } = work.record;
    about({ tenant, correlation_id }, () => this.logger.warn({ err: error, import_id: id }, 'A batch of an import could not be stored'));
    if (isTemporary(error) && !isBeaten(error)) return void (work.notBefore = performance.now() + PAUSE_MS);
    work.tries += 1;
    if (isBeaten(error) && work.tries < TRIES) return;
    work.tries = 0;
    if (work.size > 1) work.size = Math.ceil(work.size / 2);
    else if (!work.refuses) work.refuses = true;
    else await this.giveUp(work);
  }

  private async giveUp({ record }: Work): Promise<void> {
    this.works.delete(record.id);
    await this.database.transaction(async (tx) => {
      const { state } = await this.imports.lock(tx, record.tenant_id, record.id) ?? record;
      const now = await nowOf(tx);
      if (state === record.state) await this.imports.change(tx, record, { state: 'failed', reason: 'It could not be read on from where it is', finished_at: now });
    });
  }

  private async tidy(): Promise<void> {
    if (performance.now() - this.tidiedAt < TIDY_EVERY_MS) return;
    this.tidiedAt = performance.now();
    while (!this.ended.aborted && await this.imports.dropOldFiles(this.database, { ended: this.config.IMPORT_KEEP_DAYS, idle: UPLOAD_KEPT_DAYS }) > 0);
  }
}
