import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Consumer, letGoFirst, Loop, Portion } from '@headwater/messaging';
import { about, Database, faultPoint } from '@headwater/platform';
import { goesOn, restAfter } from '../domain/models/rescore-pace';
import { RescoresStore, type Progress } from '../store/rescores.store';
import { RescoreChunks, type Chunk, type Pace } from './rescore-chunks';

const POLL_MS = 1_000;
const LOG_EVERY_MS = 10_000;
/** Leads of a chunk at most: more bring nothing. */
const MOST = 500;

/**
 * Scores the leads of tenants anew whose models were changed, a chunk at a time. A transaction ends with the first chunk that has locked leads, or when
 * it has lasted long enough, or when somebody live is there; it says where to go on: whoever is killed has done it or not, and any replica goes on from
 * there. While live events keep coming the chunks are small, and followed by rests.
 */
@Injectable()
export class RescoreWorker extends Loop {
  protected readonly whenFailed = 'A chunk of a re-score could not be done, and is tried again';
  private readonly portion = new Portion(MOST);
  private loggedAt = 0;

  constructor(
    private readonly database: Database,
    private readonly rescores: RescoresStore,
    private readonly chunks: RescoreChunks,
    private readonly consumer: Consumer,
  ) {
    super();
  }

  protected async round(): Promise<number> {
    const done = await this.database.transaction(async (tx) => {
      const job = await this.rescores.claim(tx);
      if (!job) return null;
      const last = await this.chunks.untilOneLocks(tx, job, this.pace());
      const restMs = this.restAfter(last);
      await this.rescores.advance(tx, last.progress, restMs);
      faultPoint('rescore.before_commit');
      return { ...last, restMs };
    });
    if (!done) return POLL_MS;
    faultPoint('rescore.after_commit');
    this.portion.took(done.leads, performance.now() - done.since);
    this.tell(done.progress);
    await letGoFirst(() => this.consumer.isBusyLive);
    return done.restMs;
  }

  private pace(): Pace {
    const begun = performance.now();
    return { next: () => this.portion.next(this.consumer.expectsLive), goesOn: (chunk) => this.goesOn(begun, chunk) };
  }

  private async goesOn(begun: number, chunk: Chunk): Promise<boolean> {
    this.portion.took(chunk.leads, performance.now() - chunk.since);
    const restMs = this.restAfter(chunk);
    await setImmediate(); // what has come is seen by the consumer
    const { isBusyLive } = this.consumer;
    if (!goesOn({ elapsedMs: performance.now() - begun, restMs, isBusyLive, isEnded: this.ended.aborted })) return false;
    if (restMs > 0) await sleep(restMs);
    return !this.ended.aborted;
  }

  private restAfter({ leads, changed, since }: Chunk): number {
    return this.consumer.expectsLive ? restAfter(performance.now() - since, leads > 0 ? changed / leads : 0) : 0;
  }

  private tell(job: Progress): void {
    if (!job.isDone && performance.now() - this.loggedAt < LOG_EVERY_MS) return;
    this.loggedAt = performance.now();
    const { id, model_id, total, done, changed, isDone } = job;
    about({ tenant: job.tenant_id, correlation_id: job.correlation_id }, () =>
      this.logger.log({ rescore_id: id, model_id, total, done, changed }, isDone ? 'All leads are scored by the active models' : 'Leads are scored anew'));
  }
}
