import { Inject, Injectable } from '@nestjs/common';
import { Consumer, letGoFirst, Loop, Relay } from '@headwater/messaging';
import { about, Database, faultPoint } from '@headwater/platform';
import { SCORING_CONFIG, type ScoringConfig } from '../scoring.config';
import { RescoresStore, type RescoreJob } from '../store/rescores.store';
import { RescoreChunk } from './rescore-chunk';

const POLL_MS = 1_000;
const SLOW_FOR_MS = 3_000;
const LOG_EVERY_MS = 10_000;

/**
 * Scores the leads of tenants anew whose models were changed, a chunk at a time, and each chunk is one transaction: what of it has
 * changed, and where to go on. Whoever is killed has done a chunk or not, and any replica goes on with the next.
 */
@Injectable()
export class RescoreWorker extends Loop {
  protected readonly whenFailed = 'A chunk of a re-score could not be done, and is tried again';
  private loggedAt = 0;

  constructor(
    private readonly database: Database,
    private readonly rescores: RescoresStore,
    private readonly chunk: RescoreChunk,
    private readonly consumer: Consumer,
    private readonly relay: Relay,
    @Inject(SCORING_CONFIG) private readonly config: ScoringConfig,
  ) {
    super();
  }

  protected async round(): Promise<number> {
    const job = await this.database.transaction(async (tx) => {
      const claimed = await this.rescores.claim(tx);
      if (!claimed) return null;
      const after = await this.chunk.rescore(tx, claimed);
      faultPoint('rescore.before_commit');
      return after;
    });
    if (!job) return POLL_MS;
    faultPoint('rescore.after_commit');
    if (job.changed > 0) this.relay.slowBulk({ forMs: SLOW_FOR_MS, perSecond: this.config.RESCORE_EVENTS_PER_SECOND });
    this.tell(job);
    await letGoFirst(() => this.consumer.isBusyLive);
    return 0;
  }

  private tell(job: RescoreJob & { isDone: boolean }): void {
    if (!job.isDone && performance.now() - this.loggedAt < LOG_EVERY_MS) return;
    this.loggedAt = performance.now();
    const { id, model_id, total, done, changed, isDone } = job;
    about({ tenant: job.tenant_id, correlation_id: job.correlation_id }, () =>
      this.logger.log({ rescore_id: id, model_id, total, done, changed }, isDone ? 'All leads are scored by the active models' : 'Leads are scored anew'));
  }
}
