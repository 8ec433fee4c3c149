import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, faultPoint, Health, isTemporary } from '@headwater/platform';
import { Broker, STREAM } from './broker';
import { MessagingMetrics } from './messaging-metrics';
import { Replay } from './replay';
import { WakeUp } from './wake-up';

const BATCH = 200;
const POLL_MS = 1_000;
/** Longer than a publication may take, so that nobody else publishes what is being published. */
const LEASE_SECONDS = 10;

interface Pending {
  seq: number;
  id: string;
  subject: string;
  envelope: string;
}

/**
 * Publishes what the outbox holds. It claims pending rows rather than reading past a high-water mark, because a lower
 * sequence may commit after a higher one. A claim is its own short transaction: none stays open while NATS doesn't answer.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Relay.name);
  private readonly wakeUp = new WakeUp();
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database, private readonly broker: Broker, private readonly replay: Replay,
    private readonly metrics: MessagingMetrics, health: Health,
  ) {
    health.register('outbox', async () => {
      const [{ pending }] = await this.database.query<{ pending: number }>('select count(*) as pending from outbox_pending');
      return { ok: true, pending };
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    this.broker.onReturn(() => this.replay.begin());
    await this.replay.begin();
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  /** There is something new: don't wait for the poll. */
  wake(): void {
    this.wakeUp.now();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const published = await this.publishSome();
      if (published < BATCH && !this.stopping) await this.wakeUp.within(POLL_MS);
    }
    // What was committed just before the stop goes out too, if the broker is there.
    await this.publishSome();
  }

  private async publishSome(): Promise<number> {
    if (!this.broker.connected) return 0;
    try {
      const pending = await this.claim();
      if (pending.length === 0) return await this.replay.feed();
      faultPoint('relay.before_publish');
      const results = await Promise.allSettled(
        pending.map(({ id, subject, envelope }) => this.broker.publish(subject, envelope, id)));
      faultPoint('relay.after_publish');
      await this.settle(pending, results);
      this.metrics.published(results.filter(({ status }) => status === 'fulfilled').length);
      const refused = results.find((result) => result.status === 'rejected');
      if (!refused) return pending.length;
      this.logger.warn(`NATS did not take every event: ${(refused.reason as Error).message}`);
    } catch (error) {
      this.logger[isTemporary(error) ? 'warn' : 'error'](`The relay pauses: ${(error as Error).message}`);
    }
    return 0;
  }

  private claim(): Promise<Pending[]> {
    return this.database.query<Pending>(`
      with claimed as (
        update outbox_pending set claimed_until = now() + make_interval(secs => $2)
        where seq in (
          select seq from outbox_pending where claimed_until is null or claimed_until < now()
          order by seq limit $1 for update skip locked
        )
        returning seq, created_at
      )
      select seq, id, subject, envelope::text as envelope from outbox join claimed using (created_at, seq) order by seq`,
      [BATCH, LEASE_SECONDS]);
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
