import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Loop } from '@headwater/messaging';
import { about, Database, isTemporary } from '@headwater/platform';
import { INTAKE_CONFIG, type IntakeConfig } from '../intake.config';
import { EnrichmentJobsStore, type Job } from '../store/enrichment-jobs.store';
import { CLAIM_SECONDS, ClaimLost } from './ask-provider';
import { EnrichLead, MOST_TRIES } from './enrich-lead';

const POLL_MS = 1_000;
const PAUSE_SECONDS = 15;

/** Works off what waits to be enriched: some leads at a time, each by one replica. */
@Injectable()
export class WorkOffJobs extends Loop {
  protected readonly whenFailed = 'Enrichment pauses';
  private readonly atWork = new Set<Promise<void>>();

  constructor(
    private readonly database: Database, private readonly jobs: EnrichmentJobsStore, private readonly enrichLead: EnrichLead,
    @Inject(INTAKE_CONFIG) private readonly config: IntakeConfig,
  ) {
    super();
  }

  /** What strangers haven't answered is given back, for whoever runs on. */
  override async beforeApplicationShutdown(): Promise<void> {
    await super.beforeApplicationShutdown();
    await Promise.all(this.atWork);
  }

  protected async round(): Promise<number> {
    const most = this.config.ENRICHMENT_CONCURRENCY - this.atWork.size;
    if (most <= 0) return POLL_MS;
    const taken = await this.jobs.claim(this.database, { claim: randomUUID(), most, seconds: CLAIM_SECONDS });
    for (const job of taken) this.begin(job);
    return taken.length < most ? POLL_MS : 0;
  }

  private begin(job: Job): void {
    const work = this.work(job).finally(() => {
      this.atWork.delete(work);
      this.wake();
    });
    this.atWork.add(work);
  }

  private async work(job: Job): Promise<void> {
    try {
      await this.enrichLead.enrich(job, this.ended);
    } catch (error) {
      if (!(error instanceof ClaimLost)) await this.putOff(job, error);
    }
  }

  /** @param error of the database, or ours: a provider's would be an answer */
  private async putOff(job: Job, error: unknown): Promise<void> {
    const { tenant_id: tenant, correlation_id } = job;
    const counts = !isTemporary(error);
    const isHopeless = counts && job.tries > 2 * MOST_TRIES;
    about({ tenant, correlation_id, material: job }, () => this.logger[counts ? 'error' : 'warn'](
      { err: error, lead_id: job.lead_id }, isHopeless ? 'A lead can not be enriched' : 'A lead is enriched later'));
    try {
      if (isHopeless) await this.database.transaction((tx) => this.jobs.end(tx, job));
      else await this.jobs.release(this.database, job, { seconds: PAUSE_SECONDS, counts, answers: job.answers });
    } catch (again) {
      this.logger.warn({ err: again }, 'A claim stays until it runs out');
    }
  }
}
