import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, type Tx } from '@headwater/platform';

/** Rows of a service's own table that are not kept for ever. */
export interface Retention {
  table: string;
  /** when a row was written */
  column: string;
  days: number;
  /** only those rows for which this holds (SQL) */
  where?: string;
}

export const RETENTIONS = Symbol('retentions');

const EVERY_MS = 10 * 60 * 1_000;
const DAYS_AHEAD = 3;
const OUTBOX_DAYS = 30;
/** Longer than the outbox lives: a replay must never reach behind what the inbox remembers. */
const OURS: Retention[] = [
  { table: 'inbox', column: 'received_at', days: OUTBOX_DAYS + 7 },
  { table: 'idempotency', column: 'at', days: 2 },
  { table: 'trouble', column: 'at', days: 1 },
  { table: 'dead_letter', column: 'at', days: 90 },
];
const BATCH = 5_000;

/** Makes the outbox's partitions ahead of their day, and lets go of what its retention has ended for. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Housekeeping.name);
  private timer: NodeJS.Timeout | undefined;
  private isEnding = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database, @Inject(RETENTIONS) private readonly retentions: Retention[]) {}

  /** Nobody waits for what retention has ended for: after an upgrade or a long rest that may be much. */
  async onApplicationBootstrap(): Promise<void> {
    const isOurs = await this.keepPartitions();
    if (isOurs) this.running = this.purgeAll();
    this.timer = setInterval(() => { this.running = this.running.then(() => this.clean()); }, EVERY_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isEnding = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** One pass; one that finds another replica at it leaves it to that one. */
  async clean(): Promise<void> {
    if (await this.keepPartitions()) await this.purgeAll();
  }

  /** @returns whether it was done here, and not by another replica */
  private async keepPartitions(): Promise<boolean> {
    try {
      return await this.database.transaction(async (tx) => {
        const [{ got }] = await tx.query<{ got: boolean }>(`select pg_try_advisory_xact_lock(hashtext('housekeeping ' || current_schema())) as got`);
        if (!got) return false;
        await this.makePartitions(tx);
        await this.dropPartitions(tx);
        return true;
      });
    } catch (error) {
      this.putOff(error);
      return false;
    }
  }

  private async purgeAll(): Promise<void> {
    try {
      for (const retention of [...OURS, ...this.retentions]) await this.purge(retention);
    } catch (error) {
      this.putOff(error);
    }
  }

  private putOff(error: unknown): void {
    this.logger.warn({ err: error }, 'Housekeeping is put off');
  }

  /** A day is UTC's. What waits in the rest partition for that day keeps a partition from being made: it stays there then. */
  private async makePartitions(tx: Tx): Promise<void> {
    const missing = await tx.query<{ name: string; day: string; next: string }>(`
      select 'outbox_' || to_char(day, 'YYYYMMDD') as name, day::date::text as day, (day + interval '1 day')::date::text as next
      from generate_series((now() at time zone 'utc')::date, (now() at time zone 'utc')::date + $1::integer, interval '1 day') as day
      where to_regclass('outbox_' || to_char(day, 'YYYYMMDD')) is null
        and not exists (select from outbox_rest where created_at >= day at time zone 'utc' and created_at < (day + interval '1 day') at time zone 'utc')`,
      [DAYS_AHEAD]);
    for (const { name, day, next } of missing) {
      await tx.query(`create table ${name} partition of outbox for values from ('${day} 00:00+00') to ('${next} 00:00+00')`);
    }
  }

  /** Drops whole days whose retention ended and that have nothing left to publish. */
  private async dropPartitions(tx: Tx): Promise<void> {
    const old = await tx.query<{ name: string }>(`
      select child.relname as name
      from pg_inherits join pg_class child on child.oid = inhrelid
      where inhparent = 'outbox'::regclass and child.relname ~ '^outbox_\\d{8}$'
        and to_date(right(child.relname, 8), 'YYYYMMDD') < (now() at time zone 'utc')::date - $1::integer
        and not exists (
          select from outbox_pending
          where created_at < (to_date(right(child.relname, 8), 'YYYYMMDD') + 1)::timestamp at time zone 'utc')`, [OUTBOX_DAYS]);
    for (const { name } of old) await tx.query(`drop table ${name}`);
    await tx.query(`
      delete from outbox_rest where created_at < now() - make_interval(days => $1)
        and seq not in (select seq from outbox_pending)`, [OUTBOX_DAYS]);
  }

  private async purge({ table, column, days, where = 'true' }: Retention): Promise<void> {
    while (!this.isEnding) {
      const gone = await this.database.query(`
        delete from ${table} where ctid = any(array(
          select ctid from ${table} where ${column} < now() - make_interval(days => $1) and ${where} limit $2)) returning 1`, [days, BATCH]);
      if (gone.length < BATCH) return;
    }
  }
}
