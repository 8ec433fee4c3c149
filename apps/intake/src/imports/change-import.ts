import { Injectable } from '@nestjs/common';
import {
  DomainError, IMPORT_CHUNK_BYTES, type AnswerOf, type ChangeImport as ChangeImportRequest, type Context, type ImportCommand, type ImportFormat, type ImportSetup,
  type QuestionOf,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, nowOf, type Tx } from '@headwater/platform';
import { applyMapping } from '../domain/imports/apply-mapping';
import { importView, NOTHING_FOUND, paceFrom, type ImportRecord } from '../domain/imports/import-record';
import { stateAfter } from '../domain/imports/import-states';
import { SAMPLE_BYTES } from '../domain/imports/sniff-format';
import { ImportsStore, type ImportChange } from '../store/imports.store';
import { ImportWorker } from './import-worker';
import { readBeginning } from './read-beginning';

/** What people do with an import: say how it is read, try it, start it, hold it, end it. */
@Injectable()
export class ChangeImport {
  constructor(private readonly database: Database, private readonly imports: ImportsStore, private readonly worker: ImportWorker) {}

  /** @throws DomainError not_found, invalid_transition, 422 for a column or field that is not there */
  change({ context, import_id, command, setup = {} }: QuestionOf<typeof ChangeImportRequest>): Promise<AnswerOf<typeof ChangeImportRequest>> {
    const { tenant } = context;
    return once(this.database, attemptOf(context), async (tx) => {
      const record = await this.imports.lock(tx, tenant.id, import_id);
      if (!record) throw DomainError.notFound('Import');
      const state = stateAfter(record.state, command);
      // What is paused may be paused: a command that has been given has nothing left to do.
      if (state === record.state && command !== 'set_up') return { import: importView(record) };
      const now = await nowOf(tx);
      const said = await this.setUp(tx, record, setup);
      const changed = await this.imports.change(tx, record, { ...said, ...await this.followsFrom(tx, command, { ...record, ...said }, context, now), state });
      tx.afterCommit(() => this.worker.wake());
      return { import: importView(changed) };
    });
  }

  private async setUp(tx: Tx, record: ImportRecord, { format, mapping, options }: ImportSetup): Promise<ImportChange> {
    if (!format && !mapping && !options) return {};
    const said = { ...record.said, ...withoutNulls(format ?? {}) };
    const read: ImportChange = format ? readBeginning(await this.beginning(tx, record), { ...record, said }) : {};
    const columns = applyMapping(read.columns ?? record.columns ?? [], mapping ?? {});
    return { ...read, said, columns, options: { ...record.options, ...options } };
  }

  private async followsFrom(tx: Tx, command: ImportCommand, record: ImportRecord, { tenant, actor }: Context, now: string): Promise<ImportChange> {
    if (command === 'resume') return { pace: paceFrom(record.cursor, now), reason: null, finished_at: null };
    if (command === 'cancel') return { finished_at: now };
    if (command !== 'start' && command !== 'dry_run') return {};
    const { cursor } = readBeginning(await this.beginning(tx, record), record);
    const begun = { tenant, actor, cursor, verdicts: {}, pace: paceFrom(cursor, now) };
    if (command === 'start') return { ...begun, started_at: now };
    await this.imports.forgetSeen(tx, record);
    return { ...begun, report: NOTHING_FOUND };
  }

  private beginning(tx: Tx, record: ImportRecord): Promise<Buffer> {
    return this.imports.chunks(tx, record, 0, Math.ceil(SAMPLE_BYTES / IMPORT_CHUNK_BYTES));
  }
}

const withoutNulls = (format: ImportFormat): ImportFormat =>
  Object.fromEntries(Object.entries(format).filter(([, value]) => value !== null && value !== undefined));
