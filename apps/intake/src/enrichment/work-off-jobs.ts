import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { WakeUp } from '@headwater/messaging';
import { about, Database, isTemporary } from '@headwater/platform';
import { INTAKE_CONFIG, type IntakeConfig } from '../intake.config';
import { EnrichmentJobsStore, type Job } from '../store/enrichment-jobs.store';
import { CLAIM_SECONDS, ClaimLost } from './ask-provider';
import { EnrichLead, MOST_TRIES } from './enrich-lead';

const POLL_MS = 1_000;
const PAUSE_SECONDS = 15;

/** Works off what waits to be enriched: some leads at a time, each by one replica. */
@Injectable()
export class WorkOffJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WorkOffJobs.name);
  private readonly wakeUp = new WakeUp();
  private readonly ended = new AbortController();
  private readonly atWork = new Set<Promise<void>>();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database, private readonly jobs: EnrichmentJobsStore, private readonly enrichLead: EnrichLead,
    @Inject(INTAKE_CONFIG) private readonly config: IntakeConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  /** What strangers haven't answered is given back, for whoever runs on. */
  async beforeApplicationShutdown(): Promise<void> {
    this.ended.abort(new Error('This process ends'));
    this.wake();
    await this.running;
    await Promise.all(this.atWork);
  }

  /** There is something to do: don't wait for the poll. */
  wake(): void {
    this.wakeUp.now();
  }

  private async run(): Promise<void> {
    while (!this.ended.signal.aborted) {
      const room = this.config.ENRICHMENT_CONCURRENCY - this.atWork.size;
      const taken = room > 0 ? await this.take(room) : [];
      for (const job of taken) this.begin(job);
      if (taken.length === 0 || taken.length < room) await this.wakeUp.within(POLL_MS);
    }
  }

  private async take(most: number): Promise<Job[]> {
    try {
      return await this.jobs.claim(this.database, { claim: randomUUID(), most, seconds: CLAIM_SECONDS });
    } catch (error) {
      this.logger[isTemporary(error) ? 'warn' : 'error']({ err: error }, 'Enrichment pauses');
      return [];
    }
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
      await this.enrichLead.enrich(job, this.ended.signal);
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
