import { Injectable } from '@nestjs/common';
import type { EnrichmentOutcome } from '@headwater/contracts';
import { Database, Metrics, SECONDS, type Counter, type Histogram } from '@headwater/platform';
import type { ProviderKind } from '../domain/enrichment/provider-kinds';
import { EnrichmentJobsStore } from '../store/enrichment-jobs.store';

/** Counts what providers are asked, and how long the lead that waits longest has waited. */
@Injectable()
export class EnrichmentMetrics {
  private readonly attempts: Counter<'provider' | 'outcome' | 'cached'>;
  private readonly seconds: Histogram<'provider'>;

  constructor(metrics: Metrics, jobs: EnrichmentJobsStore, database: Database) {
    this.attempts = metrics.counter({
      name: 'headwater_enrichment_attempts_total', help: 'Questions to providers of enrichment by kind and outcome; those that were answered from memory are cached',
      labelNames: ['provider', 'outcome', 'cached'],
    });
    this.seconds = metrics.histogram({ name: 'headwater_enrichment_seconds', help: 'How long providers of enrichment took', labelNames: ['provider'], buckets: SECONDS });
    metrics.readAtScrape('enrichment jobs', {
      headwater_enrichment_jobs: { help: 'Leads that wait to be enriched', labelNames: ['lane'] },
      headwater_enrichment_oldest_seconds: { help: 'For how long the first lead that waits to be enriched has been due', labelNames: ['lane'] },
    }, async () => {
      const depth = await jobs.depth(database);
      const by = (value: (of: (typeof depth)[number]) => number) => depth.map((of) => ({ labels: { lane: of.lane }, value: value(of) }));
      return { headwater_enrichment_jobs: by(({ count }) => count), headwater_enrichment_oldest_seconds: by(({ oldest }) => oldest) };
    });
  }

  asked(provider: ProviderKind, outcome: EnrichmentOutcome, seconds: number): void {
    this.attempts.inc({ provider, outcome, cached: 'no' });
    this.seconds.observe({ provider }, seconds);
  }

  /** Nobody was asked. */
  remembered(provider: ProviderKind, outcome: EnrichmentOutcome): void {
    this.attempts.inc({ provider, outcome, cached: outcome === 'found' || outcome === 'nothing' ? 'yes' : 'no' });
  }
}
