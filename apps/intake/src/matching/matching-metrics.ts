import { Injectable } from '@nestjs/common';
import { Database, Metrics, type Counter } from '@headwater/platform';
import { MatchWorkStore } from '../store/match-work.store';

/** What the search for duplicates does, and what waits for it. */
@Injectable()
export class MatchingMetrics {
  private readonly leads: Counter;
  private readonly pairs: Counter;
  private readonly reviews: Counter;

  constructor(metrics: Metrics, database: Database, work: MatchWorkStore) {
    this.leads = metrics.counter({ name: 'headwater_leads_matched_total', help: 'Leads whose duplicates were looked for' });
    this.pairs = metrics.counter({ name: 'headwater_lead_pairs_compared_total', help: 'Pairs of leads that were compared' });
    this.reviews = metrics.counter({ name: 'headwater_duplicate_reviews_opened_total', help: 'Pairs of leads that became a review' });
    metrics.readAtScrape('matching', {
      headwater_match_work_pending: { help: 'Leads whose duplicates are still to be looked for' },
      headwater_match_work_oldest_seconds: { help: 'For how long the oldest of them has waited' },
    }, async () => {
      const { pending, oldest_seconds } = await work.depth(database);
      return { headwater_match_work_pending: pending, headwater_match_work_oldest_seconds: oldest_seconds };
    });
  }

  matched(leads: number, { pairs, opened }: { pairs: number; opened: number }): void {
    this.leads.inc(leads);
    this.pairs.inc(pairs);
    this.reviews.inc(opened);
  }
}
