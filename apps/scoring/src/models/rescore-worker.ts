import { Injectable } from '@nestjs/common';
import { Consumer, letGoFirst, Loop, Portion } from '@headwater/messaging';
import { about, Database, faultPoint } from '@headwater/platform';
import { RescoresStore, type RescoreJob } from '../store/rescores.store';
import { RescoreChunk } from './rescore-chunk';

const POLL_MS = 1_000;
const LOG_EVERY_MS = 10_000;
/** Leads of one transaction at most: more bring nothing. */
const MOST = 500;
/** How long it rests after a chunk while somebody is expected, in parts of what it took: a bit where all is only read, longer the more others hear of. */
const REST = { read: 0.25, changed: 2 };
const LONGEST_REST_MS = 250;

/**
 * Scores the leads of tenants anew whose models were changed, a chunk at a time, and each chunk is one transaction: what of it has
 * changed, and where to go on. Whoever is killed has done a chunk or not, and any replica goes on with the next. While live events keep
 * coming the chunks are small, and followed by rests.
 */
@Injectable()
export class RescoreWorker extends Loop {
  protected readonly whenFailed = 'A chunk of a re-score could not be done, and is tried again';
  private readonly portion = new Portion(MOST);
  private loggedAt = 0;

  constructor(
    private readonly database: Database,
    private readonly rescores: RescoresStore,
    private readonly chunk: RescoreChunk,
    private readonly consumer: Consumer,
  ) {
    super();
  }

  protected async round(): Promise<number> {
    const isAwaited = this.consumer.expectsLive;
    const since = performance.now();
    const done = await this.database.transaction(async (tx) => {
      const job = await this.rescores.claim(tx);
      if (!job) return null;
      const after = await this.chunk.rescore(tx, job, this.portion.next(isAwaited));
      const [leads, changed] = [after.done - job.done, after.changed - job.changed];
      const restMs = isAwaited ? restAfter(performance.now() - since, leads > 0 ? changed / leads : 0) : 0;
      if (restMs > 0) await this.rescores.rest(tx, job, restMs);
      faultPoint('rescore.before_commit');
      return { job: after, leads, restMs };
    });
    if (!done) return POLL_MS;
    faultPoint('rescore.after_commit');
    this.portion.took(done.leads, performance.now() - since);
    this.tell(done.job);
    await letGoFirst(() => this.consumer.isBusyLive);
    return done.restMs;
  }

  private tell(job: RescoreJob & { isDone: boolean }): void {
    if (!job.isDone && performance.now() - this.loggedAt < LOG_EVERY_MS) return;
    this.loggedAt = performance.now();
    const { id, model_id, total, done, changed, isDone } = job;
    about({ tenant: job.tenant_id, correlation_id: job.correlation_id }, () =>
      this.logger.log({ rescore_id: id, model_id, total, done, changed }, isDone ? 'All leads are scored by the active models' : 'Leads are scored anew'));
  }
}

/** @param share of the leads of the chunk, that were changed @returns milliseconds */
const restAfter = (tookMs: number, share: number): number => Math.min(LONGEST_REST_MS, tookMs * (REST.read + (REST.changed - REST.read) * share));
