import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Consumer, Relay, WakeUp } from '@headwater/messaging';
import { about, Database, faultPoint } from '@headwater/platform';
import { RescoresStore, type RescoreJob } from '../store/rescores.store';
import { RescoreChunk } from './rescore-chunk';

const POLL_MS = 1_000;
const PAUSE_MS = 1_000;
/** So long it lets what comes in live go first, after each chunk. */
const PATIENCE_MS = 250;
/** What others hear of while it goes on: they would take the time from what comes in live. The rest follows when it is done. */
const EVENTS_PER_SECOND = 500;
const SLOW_FOR_MS = 3_000;
const LOG_EVERY_MS = 10_000;

/**
 * Scores the leads of tenants anew whose models were changed, a chunk at a time, and each chunk is one transaction: what of it has
 * changed, and where to go on. Whoever is killed has done a chunk or not, and any replica goes on with the next.
 */
@Injectable()
export class RescoreWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RescoreWorker.name);
  private readonly wakeUp = new WakeUp();
  private stopping = false;
  private loggedAt = 0;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly rescores: RescoresStore,
    private readonly chunk: RescoreChunk,
    private readonly consumer: Consumer,
    private readonly relay: Relay,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  /** There may be something to do. */
  wake(): void {
    this.wakeUp.now();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      if (await this.workOnce()) await this.letOthersGoFirst();
      else if (!this.stopping) await this.wakeUp.within(POLL_MS);
    }
  }

  /** @returns whether there was anything to do */
  private async workOnce(): Promise<boolean> {
    try {
      const job = await this.database.transaction(async (tx) => {
        const claimed = await this.rescores.claim(tx);
        if (!claimed) return null;
        const after = await this.chunk.rescore(tx, claimed);
        faultPoint('rescore.before_commit');
        return after;
      });
      if (!job) return false;
      faultPoint('rescore.after_commit');
      if (job.changed > 0) this.relay.slowBulk({ forMs: SLOW_FOR_MS, perSecond: EVENTS_PER_SECOND });
      this.tell(job);
      return true;
    } catch (error) {
      this.logger.warn({ err: error }, 'A chunk of a re-score could not be done, and is tried again');
      await sleep(PAUSE_MS);
      return false;
    }
  }

  private tell(job: RescoreJob & { isDone: boolean }): void {
    if (!job.isDone && performance.now() - this.loggedAt < LOG_EVERY_MS) return;
    this.loggedAt = performance.now();
    const { id, model_id, total, done, changed, isDone } = job;
    about({ tenant: job.tenant_id, correlation_id: job.correlation_id }, () =>
      this.logger.log({ rescore_id: id, model_id, total, done, changed }, isDone ? 'All leads are scored by the active models' : 'Leads are scored anew'));
  }

  private async letOthersGoFirst(): Promise<void> {
    await setImmediate();
    const until = performance.now() + PATIENCE_MS;
    while (!this.stopping && this.consumer.isBusyLive && performance.now() < until) await sleep(1);
  }
}
