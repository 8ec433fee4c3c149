import { Logger } from '@nestjs/common';
import { tenantOfSubject, type Lane } from '@headwater/contracts';
import { faultPoint, isTemporary, type Attributes, type Database, type Tracing } from '@headwater/platform';
import { STREAM, type Broker } from '../broker/broker';
import type { MessagingMetrics } from '../counting/messaging-metrics';
import { WakeUp } from '../pace/wake-up';

const BATCH = 200;
/** What is kept in memory at most; more is found in the table. */
const ROOM = 2_000;
const POLL_MS = 1_000;
/** While it is slowed down. */
const SLOW_POLL_MS = 100;
/** What was published is let go of no more often than this: one statement for many. */
const SETTLE_MS = 50;
/** Longer than a publication may take, so that nobody else publishes what is being published. */
export const CLAIM_SECONDS = 10;

export interface Pending {
  seq: number;
  id: string;
  subject: string;
  envelope: string;
  /** of what caused it */
  traceparent?: string | null;
}

export interface Relaying {
  database: Database;
  broker: Broker;
  metrics: MessagingMetrics;
  tracing: Tracing;
}

/**
 * Publishes what the outbox holds for one lane: from memory what this process has just committed, which it claimed by writing it; from
 * the table what others left behind. There it claims pending rows rather than reading past a high-water mark, because a lower
 * sequence may commit after a higher one. No transaction stays open while NATS doesn't answer.
 */
export class RelayLane {
  private readonly logger = new Logger(RelayLane.name);
  private readonly wakeUp = new WakeUp();
  private stopping = false;
  /** committed by this process, and claimed for it */
  private fresh: Pending[] = [];
  private lookedAt = -Infinity;
  /** the last look found more than it took */
  private isBehind = false;
  private slow: { until: number; perSecond: number } = { until: -Infinity, perSecond: 0 };
  private running: Promise<void> = Promise.resolve();
  /** published, and not let go of in the table yet */
  private published: number[] = [];
  /** the furthest that the stream has come with these */
  private lastSequence = 0;
  private settledAt = -Infinity;

  /** @param feed puts more into the table when nothing of this lane lies there any more, and says how much */
  constructor(private readonly lane: Lane, private readonly means: Relaying, private readonly feed: () => Promise<number>) {}

  start(): void {
    this.running = this.run();
  }

  /** What was committed until now goes out first, if the broker is there. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp.now();
    await this.running;
  }

  hasRoomFor(count: number): boolean {
    // What goes out slowly would outlive its claim.
    return this.means.broker.connected && !this.stopping && this.fresh.length + count <= ROOM && !this.isSlow;
  }

  publish(committed: Pending[]): void {
    this.fresh.push(...committed);
    this.wakeUp.now();
  }

  wake(): void {
    if (this.isSlow) return;
    this.isBehind = true;
    this.wakeUp.now();
  }

  /** The stream may be another now: what was published to the one before is published again when its claims run out. */
  forget(): void {
    this.published = [];
    this.lastSequence = 0;
  }

  slowDown({ forMs, perSecond }: { forMs: number; perSecond: number }): void {
    this.slow = { until: performance.now() + forMs, perSecond };
  }

  private get isSlow(): boolean {
    return performance.now() < this.slow.until;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.publishOrLetGo();
      if (this.fresh.length === 0 && !this.isBehind && !this.stopping) await this.wakeUp.within(this.published.length > 0 ? SETTLE_MS : this.pollMs);
    }
    // What was committed just before the stop goes out too, if the broker is there.
    do await this.publishOrLetGo(); while (this.fresh.length > 0);
  }

  /** When it can't be published now, nothing is kept in memory: the claims run out, and whoever looks into the table finds it. */
  private async publishOrLetGo(): Promise<void> {
    try {
      const { connected } = this.means.broker;
      const refused = connected ? await this.publishSome() : [];
      if (refused.length > 0 || this.isDueToSettle) await this.settle(refused);
      if (connected && refused.length === 0) return;
    } catch (error) {
      this.logger[isTemporary(error) ? 'warn' : 'error']({ err: error }, 'The relay pauses');
    }
    this.fresh = [];
    this.isBehind = false;
  }

  /** @returns of those that NATS did not take */
  private async publishSome(): Promise<number[]> {
    const pending = [...this.fresh.splice(0, BATCH), ...await this.look()];
    if (pending.length === 0) return [];
    faultPoint('relay.before_publish');
    const results = await Promise.allSettled(pending.map((event) => this.publishOne(event)));
    faultPoint('relay.after_publish');
    const seqs = (status: string) => pending.filter((_, i) => results[i].status === status).map(({ seq }) => seq);
    const published = seqs('fulfilled');
    this.published.push(...published);
    for (const result of results) if (result.status === 'fulfilled') this.lastSequence = Math.max(this.lastSequence, result.value);
    this.means.metrics.published(published.length);
    const refusal = results.find((result) => result.status === 'rejected');
    if (refusal) this.logger.warn({ err: refusal.reason as unknown }, 'NATS did not take every event');
    return seqs('rejected');
  }

  private async publishOne({ id, subject, envelope, traceparent }: Pending): Promise<number> {
    const { broker, tracing } = this.means;
    if (!traceparent) return broker.publish(subject, envelope, id);
    const span = tracing.begin(`publish ${typeOf(subject)}`, {
      kind: 'producer', parent: traceparent, attributes: () => publishAttributes(subject, id),
    });
    try {
      const seq = await broker.publish(subject, envelope, id);
      span?.end();
      return seq;
    } catch (error) {
      span?.end(error);
      throw error;
    }
  }

  /** What lies in the table: looked for now and then, and without a pause while there is more. */
  private async look(): Promise<Pending[]> {
    if (!this.isBehind && performance.now() - this.lookedAt < this.pollMs) return [];
    this.lookedAt = performance.now();
    this.isBehind = false;
    const found = await this.claim(this.isSlow ? Math.ceil((this.slow.perSecond * SLOW_POLL_MS) / 1_000) : BATCH);
    this.isBehind = (found.length === BATCH && !this.isSlow) || (found.length === 0 && await this.feed() > 0);
    return found;
  }

  private get pollMs(): number {
    return this.isSlow ? SLOW_POLL_MS : POLL_MS;
  }

  private claim(most: number): Promise<Pending[]> {
    // Materialized: planned for an empty table, PostgreSQL would look for the batch anew for each row of it.
    return this.means.database.query<Pending>(`
      with batch as materialized (
        select seq from outbox_pending where bulk = $3 and (claimed_until is null or claimed_until < now())
        order by seq limit $1 for update skip locked
      ), claimed as (
        update outbox_pending set claimed_until = now() + make_interval(secs => $2)
        from batch where outbox_pending.seq = batch.seq returning outbox_pending.seq, created_at
      )
      select seq, id, subject, envelope::text as envelope, envelope->>'traceparent' as traceparent from outbox join claimed using (seq, created_at) order by seq`,
      [most, CLAIM_SECONDS, this.lane === 'bulk']);
  }

  private get isDueToSettle(): boolean {
    const { length } = this.published;
    return length > 0 && (length >= BATCH || this.stopping || performance.now() - this.settledAt >= SETTLE_MS);
  }

  /** Lets go of what was published, gives back what was not, and remembers how far the stream has come. */
  private async settle(refused: number[]): Promise<void> {
    const { published, lastSequence } = this;
    this.forget();
    this.settledAt = performance.now();
    await this.means.database.query(`
      with done as (delete from outbox_pending where seq = any($1::bigint[])),
           remembered as (update broker_memory set last_seq = greatest(last_seq, $3) where stream = $4)
      update outbox_pending set claimed_until = null where seq = any($2::bigint[])`,
      [published, refused, lastSequence, STREAM]);
  }
}

/** `lead.captured` of `crm.demo.live.lead.captured.v1`. */
const typeOf = (subject: string): string => subject.split('.').slice(3, 5).join('.');

const publishAttributes = (subject: string, id: string): Attributes => ({
  'messaging.system': 'nats', 'messaging.operation.type': 'send', 'messaging.destination.name': STREAM, 'messaging.message.id': id,
  'headwater.tenant': tenantOfSubject(subject),
});
