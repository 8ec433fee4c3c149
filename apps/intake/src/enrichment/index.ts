import { EnrichmentJobsStore } from '../store/enrichment-jobs.store';
import { EnrichmentResultsStore } from '../store/enrichment-results.store';
import { EnrichmentSetupStore } from '../store/enrichment-setup.store';
import { AddEnrichment1764144060000 } from '../store/migrations/add-enrichment';
import { AskProvider } from './ask-provider';
import { EnrichNewLeads } from './enrich-new-leads';
import { EnrichLead } from './enrich-lead';
import { EnrichmentMetrics } from './enrichment-metrics';
import { EnrichmentSetup } from './enrichment-setup';
import { EnrichmentController } from './enrichment.controller';
import { PutCompanies } from './put-companies';
import { ReadEnrichment } from './read-enrichment';
import { RequestEnrichment } from './request-enrichment';
import { WorkOffJobs } from './work-off-jobs';

/** Asking others about leads. */
export const ENRICHMENT = {
  controllers: [EnrichmentController],
  providers: [
    AskProvider, EnrichLead, EnrichmentMetrics, EnrichmentSetup, EnrichNewLeads, PutCompanies, ReadEnrichment, RequestEnrichment, WorkOffJobs,
    EnrichmentJobsStore, EnrichmentResultsStore, EnrichmentSetupStore,
  ],
  migrations: [AddEnrichment1764144060000],
  retentions: [
    { table: 'enrichment_attempt', column: 'at', days: 90 }, { table: 'enrichment_cache', column: 'expires_at', days: 0 },
    { table: 'enrichment_spending', column: 'at', days: 400 },
  ],
};
