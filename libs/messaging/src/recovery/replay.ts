import { Injectable, Logger } from '@nestjs/common';
import { ConfigurationError, Database } from '@headwater/platform';
import { Broker, STREAM } from '../broker/broker';

const CHUNK = 500;
const PROGRESS_EVERY = 10_000;

interface Memory {
  created: string;
  last_seq: number;
}

/**
 * When the broker has lost its stream, the outbox is published again by itself: everything that it still holds, oldest
 * first. Consumers take nothing twice: states by their revision, facts by the inbox, which lives longer than the outbox.
 */
@Injectable()
export class Replay {
  private readonly logger = new Logger(Replay.name);
  private fed = 0;

  constructor(private readonly database: Database, private readonly broker: Broker) {}

  /**
   * A stream from before a restore tells of what this schema never heard of: its service neither takes from it nor adds to it.
   * @throws ConfigurationError when the stream is that one
   */
  async requireOurs(): Promise<void> {
    const { created } = await this.broker.streamState();
    const disowned = await this.database.query('select from broker_memory where stream = $1 and disowned = $2', [STREAM, created]);
    if (disowned.length === 0) return;
    throw new ConfigurationError(
      `The stream ${STREAM} is older than this restored database: remove it first (docs/operations/backup-and-restore.md)`);
  }

  /** Compares the stream with what was last seen of it, and plans a replay when it is another, or shorter. */
  async begin(): Promise<void> {
    const { created, last_seq } = await this.broker.streamState();
    const [known] = await this.database.query<Memory>('select created, last_seq from broker_memory where stream = $1', [STREAM]);
    if (!known) {
      await this.database.query(
        'insert into broker_memory (stream, created, last_seq) values ($1, $2, $3) on conflict do nothing', [STREAM, created, last_seq]);
      return;
    }
    if (known.created === created && last_seq >= known.last_seq) return;
    // Guarded by what was read: of several replicas one plans it.
    const [planned] = await this.database.query<{ until: number }>(`
      update broker_memory set created = $2, last_seq = $3, replay_after = 0, replay_until = (select coalesce(max(seq), 0) from outbox)
      where stream = $1 and created = $4 and last_seq = $5 returning replay_until as until`,
      [STREAM, created, last_seq, known.created, known.last_seq]);
    if (planned) this.logger.warn(`The broker lost the stream ${STREAM}: replaying the outbox up to ${planned.until}`);
  }

  /**
   * Puts the next part of a planned replay among what is to be published. The relay calls it each second in which nothing
   * live waits in the table, however much is published meanwhile: that is its rate. @returns how many events
   */
  async feed(): Promise<number> {
    // Asked for by itself: planned together with it, PostgreSQL would read the whole outbox to find that there is no plan.
    const planned = await this.database.query('select from broker_memory where stream = $1 and replay_until is not null', [STREAM]);
    if (planned.length === 0) return 0;
    const rows = await this.database.transaction((tx) => tx.query<{ seq: number; until: number }>(`
      with plan as (
        select replay_after, replay_until from broker_memory where stream = $1 and replay_until is not null for update skip locked
      ), part as (
        select seq, created_at from outbox, plan where seq > replay_after and seq <= replay_until order by seq limit $2
      ), fed as (
        insert into outbox_pending (seq, created_at) select seq, created_at from part on conflict do nothing
      ), advanced as (
        update broker_memory set
          replay_after = coalesce((select max(seq) from part), replay_after),
          replay_until = case when exists (select from part) then replay_until end
        where stream = $1 and exists (select from plan)
      )
      select seq, replay_until as until from part, plan order by seq`, [STREAM, CHUNK]));
    this.report(rows);
    return rows.length;
  }

  private report(rows: { seq: number; until: number }[]): void {
    if (rows.length === 0) {
      if (this.fed > 0) this.logger.warn(`Replay done: ${this.fed} events`);
      this.fed = 0;
      return;
    }
    const before = this.fed;
    this.fed += rows.length;
    if (Math.floor(before / PROGRESS_EVERY) !== Math.floor(this.fed / PROGRESS_EVERY)) {
      this.logger.warn(`Replaying: ${this.fed} events, at ${rows.at(-1)?.seq} of ${rows[0].until}`);
    }
  }
}
