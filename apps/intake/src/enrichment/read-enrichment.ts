import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type EnrichedValue, type GetEnrichment, type QuestionOf } from '@headwater/contracts';
import { Database, type Queries } from '@headwater/platform';
import { valueAt } from '../domain/enrichment/provenance';
import { EnrichmentJobsStore } from '../store/enrichment-jobs.store';
import { EnrichmentResultsStore } from '../store/enrichment-results.store';
import { LeadsStore } from '../store/leads.store';

/** What enrichment did for a lead, and what it found besides. */
@Injectable()
export class ReadEnrichment {
  constructor(
    private readonly database: Database, private readonly leads: LeadsStore, private readonly jobs: EnrichmentJobsStore, private readonly results: EnrichmentResultsStore,
  ) {}

  /** @throws DomainError not_found */
  async read({ context: { tenant: { id: tenant } }, lead_id }: QuestionOf<typeof GetEnrichment>, queries: Queries = this.database): Promise<AnswerOf<typeof GetEnrichment>> {
    const [lead] = await this.leads.get(queries, tenant, [lead_id]);
    if (!lead) throw DomainError.notFound('Lead');
    const pending = await this.jobs.isWaiting(queries, tenant, lead_id);
    const result = await this.results.result(queries, tenant, lead_id);
    const attempts = await this.results.attempts(queries, tenant, lead_id);
    const fields = Object.entries(lead.enriched).sort(([a], [b]) => (a < b ? -1 : 1)).map(([field, provenance]) => ({ field, value: valueAt(lead.profile, field) as EnrichedValue, ...provenance }));
    return { enrichment: { lead_id, pending, enriched_at: result?.enriched_at ?? null, fields, shown: result?.shown ?? [], attempts } };
  }
}
