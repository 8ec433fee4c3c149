import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Consumer, letGoFirst, Loop, Portion } from '@headwater/messaging';
import { about, Database, faultPoint, type Tx } from '@headwater/platform';
import { RescoresStore, type Progress, type RescoreJob } from '../store/rescores.store';
import { RescoreChunk } from './rescore-chunk';

const POLL_MS = 1_000;
const LOG_EVERY_MS = 10_000;
/** Leads of a chunk at most: more bring nothing. */
const MOST = 500;
/** For so long a transaction goes on from chunk to chunk where all is only read: an activation waits for it. */
const TRANSACTION_MS = 200;
const LONGEST_REST_MS = 250;

/**
 * Scores the leads of tenants anew whose models were changed, a chunk at a time. A transaction ends with the first chunk of which something has
 * changed, and says where to go on: whoever is killed has done it or not, and any replica goes on from there. While live events keep coming the
 * chunks are small, and followed by rests.
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
    const done = await this.database.transaction(async (tx) => {
      const job = await this.rescores.claim(tx);
      if (!job) return null;
      const last = await this.untilOneChanges(tx, job);
      await this.rescores.advance(tx, last.progress, last.restMs);
      faultPoint('rescore.before_commit');
      return last;
    });
    if (!done) return POLL_MS;
    faultPoint('rescore.after_commit');
    this.portion.took(done.leads, performance.now() - done.since);
    this.tell(done.progress);
    await letGoFirst(() => this.consumer.isBusyLive);
    return done.restMs;
  }

  /** Chunk after chunk as long as all is only read: what is locked is so until the end. @returns the last of them */
  private async untilOneChanges(tx: Tx, job: RescoreJob): Promise<Chunk> {
    const begun = performance.now();
    for (let at = job;;) {
      const chunk = await this.rescore(tx, at);
      const { progress, changed, leads, since, restMs } = chunk;
      if (changed > 0 || progress.isDone || this.ended.aborted || performance.now() - begun > TRANSACTION_MS) return chunk;
      this.portion.took(leads, performance.now() - since);
      at = progress;
      await letGoFirst(() => this.consumer.isBusyLive);
      if (restMs > 0) await sleep(restMs);
    }
  }

  private async rescore(tx: Tx, job: RescoreJob): Promise<Chunk> {
    const isAwaited = this.consumer.expectsLive;
    const since = performance.now();
    const progress = await this.chunk.rescore(tx, job, this.portion.next(isAwaited));
    const [leads, changed] = [progress.done - job.done, progress.changed - job.changed];
    return { progress, leads, changed, since, restMs: isAwaited ? restAfter(performance.now() - since, leads > 0 ? changed / leads : 0) : 0 };
  }

  private tell(job: Progress): void {
    if (!job.isDone && performance.now() - this.loggedAt < LOG_EVERY_MS) return;
    this.loggedAt = performance.now();
    const { id, model_id, total, done, changed, isDone } = job;
    about({ tenant: job.tenant_id, correlation_id: job.correlation_id }, () =>
      this.logger.log({ rescore_id: id, model_id, total, done, changed }, isDone ? 'All leads are scored by the active models' : 'Leads are scored anew'));
  }
}

/** One chunk: how far it has brought the re-score, when it was begun, and for how long it is rested for. */
interface Chunk { progress: Progress; leads: number; changed: number; since: number; restMs: number }

/**
 * As long as the chunk took while somebody is expected, and up to as long again, the more others hear of.
 * @param share of its leads, that were changed @returns milliseconds
 */
const restAfter = (tookMs: number, share: number): number => Math.min(LONGEST_REST_MS, tookMs * (1 + share));
