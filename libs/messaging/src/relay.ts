import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { tenantOfSubject, type Lane } from '@headwater/contracts';
import { Database, faultPoint, Health, isTemporary, Tracing, type Attributes } from '@headwater/platform';
import { Broker, STREAM } from './broker';
import { MessagingMetrics } from './messaging-metrics';
import { outboxDepth } from './outbox-depth';
import { Replay } from './replay';
import { WakeUp } from './wake-up';

const BATCH = 200;
/** What is kept in memory of each lane at most; more is found in the table. */
const ROOM = 2_000;
const POLL_MS = 1_000;
/** While bulk is slowed down. */
const SLOW_POLL_MS = 100;
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

/**
 * Publishes what the outbox holds: from memory what this process has just committed, which it claimed by writing it; from the
 * table what others left behind. There it claims pending rows rather than reading past a high-water mark, because a lower
 * sequence may commit after a higher one. No transaction stays open while NATS doesn't answer.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Relay.name);
  private readonly wakeUp = new WakeUp();
  private stopping = false;
  /** committed by this process, and claimed for it */
  private fresh: Record<Lane, Pending[]> = { live: [], bulk: [] };
  private lookedAt = -Infinity;
  /** the last look found more than it took */
  private isBehind = false;
  private slow: { until: number; perSecond: number } = { until: -Infinity, perSecond: 0 };
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database, private readonly broker: Broker, private readonly replay: Replay,
    private readonly metrics: MessagingMetrics, private readonly tracing: Tracing, health: Health,
  ) {
    health.register('outbox', async () => {
      const { pending, oldest } = await outboxDepth(this.database);
      return { ok: true, pending, oldest_seconds: oldest };
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.replay.requireOurs();
    this.broker.onReturn(() => this.replay.begin());
    await this.replay.begin();
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  /** Whether so many events more may be handed to `publish`, and are to be written as claimed. */
  hasRoomFor(count: number, lane: Lane): boolean {
    // What goes out slowly would outlive its claim.
    return this.broker.connected && !this.stopping && this.fresh[lane].length + count <= ROOM && !(lane === 'bulk' && this.isSlow);
  }

  /** Publishes what was just committed, as soon as it can: what is live before what is bulk. */
  publish(committed: Pending[], lane: Lane): void {
    this.fresh[lane].push(...committed);
    this.wakeUp.now();
  }

  /** There is something new in the table: don't wait for the poll. */
  wake(lane: Lane = 'live'): void {
    if (lane === 'bulk' && this.isSlow) return;
    this.isBehind = true;
    this.wakeUp.now();
  }

  /** For so long, bulk goes out no faster than this: those who hear of it would take the time from what makes it. */
  slowBulk({ forMs, perSecond }: { forMs: number; perSecond: number }): void {
    this.slow = { until: performance.now() + forMs, perSecond };
  }

  private get isSlow(): boolean {
    return performance.now() < this.slow.until;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.publishOrLetGo();
      if (!this.hasFresh && !this.isBehind && !this.stopping) await this.wakeUp.within(this.pollMs);
    }
    // What was committed just before the stop goes out too, if the broker is there.
    do await this.publishOrLetGo(); while (this.hasFresh);
  }

  private get hasFresh(): boolean {
    return this.fresh.live.length + this.fresh.bulk.length > 0;
  }

  /** When it can't be published now, nothing is kept in memory: the claims run out, and whoever looks into the table finds it. */
  private async publishOrLetGo(): Promise<void> {
    try {
      if (this.broker.connected && await this.publishSome()) return;
    } catch (error) {
      this.logger[isTemporary(error) ? 'warn' : 'error']({ err: error }, 'The relay pauses');
    }
    this.fresh = { live: [], bulk: [] };
    this.isBehind = false;
  }

  /** @returns false when NATS did not take all of it */
  private async publishSome(): Promise<boolean> {
    const live = this.fresh.live.splice(0, BATCH);
    const pending = [...live, ...this.fresh.bulk.splice(0, BATCH - live.length), ...await this.look()];
    if (pending.length === 0) return true;
    faultPoint('relay.before_publish');
    const results = await Promise.allSettled(pending.map((event) => this.publishOne(event)));
    faultPoint('relay.after_publish');
    await this.settle(pending, results);
    this.metrics.published(results.filter(({ status }) => status === 'fulfilled').length);
    const refused = results.find((result) => result.status === 'rejected');
    if (refused) this.logger.warn({ err: refused.reason as unknown }, 'NATS did not take every event');
    return !refused;
  }

  private async publishOne({ id, subject, envelope, traceparent }: Pending): Promise<number> {
    if (!traceparent) return this.broker.publish(subject, envelope, id);
    const span = this.tracing.begin(`publish ${typeOf(subject)}`, {
      kind: 'producer', parent: traceparent, attributes: () => publishAttributes(subject, id),
    });
    try {
      const seq = await this.broker.publish(subject, envelope, id);
      span?.end();
      return seq;
    } catch (error) {
      span?.end(error);
      throw error;
    }
  }

  /** What lies in the table: looked for now and then, and without a pause while there is more. When nothing does, a replay goes on. */
  private async look(): Promise<Pending[]> {
    if (!this.isBehind && performance.now() - this.lookedAt < this.pollMs) return [];
    this.lookedAt = performance.now();
    this.isBehind = false;
    const found = await this.claim(this.isSlow ? Math.ceil((this.slow.perSecond * SLOW_POLL_MS) / 1_000) : BATCH);
    const bulk = found.filter((event) => event.bulk).length;
    this.isBehind = found.length - bulk === BATCH || (bulk === BATCH && !this.isSlow) || (found.length === 0 && await this.replay.feed() > 0);
    return found;
  }

  private get pollMs(): number {
    return this.isSlow ? SLOW_POLL_MS : POLL_MS;
  }

  private claim(mostBulk: number): Promise<(Pending & { bulk: boolean })[]> {
    // Materialized: planned for an empty table, PostgreSQL would look for the batch anew for each row of it.
    return this.database.query<Pending & { bulk: boolean }>(`
      with live as materialized (
        select seq from outbox_pending where not bulk and (claimed_until is null or claimed_until < now())
        order by seq limit $1 for update skip locked
      ), bulk as materialized (
        select seq from outbox_pending where bulk and (claimed_until is null or claimed_until < now())
        order by seq limit $3 for update skip locked
      ), claimed as (
        update outbox_pending set claimed_until = now() + make_interval(secs => $2)
        from (select seq from live union all select seq from bulk) as batch
        where outbox_pending.seq = batch.seq returning outbox_pending.seq, created_at, outbox_pending.bulk
      )
      select bulk, seq, id, subject, envelope::text as envelope, envelope->>'traceparent' as traceparent from outbox join claimed using (seq, created_at) order by bulk, seq`,
      [BATCH, CLAIM_SECONDS, mostBulk]);
  }

  /** Lets go of what was published, gives back what was not, and remembers how far the stream has come. */
  private async settle(pending: Pending[], results: PromiseSettledResult<number>[]): Promise<void> {
    const sequences = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const seqs = (status: string) => pending.filter((_, i) => results[i].status === status).map(({ seq }) => seq);
    await this.database.query(`
      with done as (delete from outbox_pending where seq = any($1::bigint[])),
           remembered as (update broker_memory set last_seq = greatest(last_seq, $3) where stream = $4)
      update outbox_pending set claimed_until = null where seq = any($2::bigint[])`,
      [seqs('fulfilled'), seqs('rejected'), Math.max(0, ...sequences), STREAM]);
  }
}

/** `lead.captured` of `crm.demo.live.lead.captured.v1`. */
const typeOf = (subject: string): string => subject.split('.').slice(3, 5).join('.');

const publishAttributes = (subject: string, id: string): Attributes => ({
  'messaging.system': 'nats', 'messaging.operation.type': 'send', 'messaging.destination.name': STREAM, 'messaging.message.id': id,
  'headwater.tenant': tenantOfSubject(subject),
});
