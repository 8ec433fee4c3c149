import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DomainError, type AnswerOf, type Context, type EnrichLead, type QuestionOf } from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { assertWritable } from '../domain/assert-writable';
import { FindPrimaries } from '../merging/find-primaries';
import { EnrichmentJobsStore } from '../store/enrichment-jobs.store';
import { EnrichmentSetupStore } from '../store/enrichment-setup.store';
import { LeadsStore } from '../store/leads.store';
import { ReadEnrichment } from './read-enrichment';
import { WorkOffJobs } from './work-off-jobs';

const LONGEST_WAIT_MS = 20_000;
const LOOK_EVERY_MS = 50;

/** Somebody wants to know more of a lead. */
@Injectable()
export class RequestEnrichment implements BeforeApplicationShutdown {
  private ended = false;

  constructor(
    private readonly database: Database, private readonly leads: LeadsStore, private readonly jobs: EnrichmentJobsStore,
    private readonly setups: EnrichmentSetupStore, private readonly read: ReadEnrichment, private readonly work: WorkOffJobs,
    private readonly primaries: FindPrimaries,
  ) {}

  beforeApplicationShutdown(): void {
    this.ended = true;
  }

  /** @throws DomainError not_found, lead_locked, lead_merged, no_provider */
  async request({ context, lead_id, wait_ms = 0 }: QuestionOf<typeof EnrichLead>): Promise<AnswerOf<typeof EnrichLead>> {
    const tenant = context.tenant.id;
    const accepted = await once(this.database, attemptOf(context), (tx) => this.add(tx, context, lead_id));
    if (wait_ms === 0) return accepted;
    const until = performance.now() + Math.min(wait_ms, LONGEST_WAIT_MS);
    // Whichever replica does it: they share nothing but the database.
    while (performance.now() < until && !this.ended && await this.jobs.isWaiting(this.database, tenant, lead_id)) await delay(LOOK_EVERY_MS);
    return this.read.read({ context, lead_id });
  }

  private async add(tx: Tx, context: Context, lead_id: number): Promise<AnswerOf<typeof EnrichLead>> {
    const { tenant, correlation_id, traceparent } = context;
    const [lead] = await this.leads.get(tx, tenant.id, [lead_id]);
    if (!lead) throw DomainError.notFound('Lead');
    assertWritable([lead], await this.primaries.of(tx, tenant.id, [lead]));
    const { document } = await this.setups.get(tx, tenant.id);
    if (document.providers.every(({ enabled }) => enabled === false)) {
      throw DomainError.conflict('no_provider', 'No provider of enrichment is set up: PUT /api/v1/crm/enrichment/setup');
    }
    await this.jobs.add(tx, [{ tenant, lead_id, lane: 'live', correlation_id, traceparent: traceparent ?? null }]);
    tx.afterCommit(() => this.work.wake());
    return this.read.read({ context, lead_id }, tx);
  }
}
