import { Injectable } from '@nestjs/common';
import { NEW_LEAD_VERDICTS } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { comparableOfLead } from '../domain/matching/comparable-of-lead';
import type { Outcome } from '../domain/plan-captures';
import { ReviewsStore } from '../store/reviews.store';
import { MatchingModels } from './matching-models';

/** Opens the reviews that submissions ask for by themselves: their verdict says so, and whoever reads it finds the review. */
@Injectable()
export class OpenDoubts {
  constructor(private readonly reviews: ReviewsStore, private readonly models: MatchingModels) {}

  /** Within the transaction of the capture, once the new leads have their ids. */
  async open(tx: Tx, outcomes: Outcome[]): Promise<void> {
    await this.reviews.openDoubts(tx, outcomes.filter(({ verdict }) => NEW_LEAD_VERDICTS.includes(verdict)).flatMap((outcome) => this.review(outcome)));
  }

  private review({ doubt, draft: { lead }, because }: Outcome): Parameters<ReviewsStore['openDoubts']>[1] {
    if (!doubt) return [];
    const { model, matcher, version } = this.models.last(lead.tenant_id);
    const { band, ...comparison } = matcher.compare(comparableOfLead(doubt.lead, model), comparableOfLead(lead, model));
    return [{
      tenant_id: lead.tenant_id, low_id: Math.min(doubt.lead.id, lead.id), high_id: Math.max(doubt.lead.id, lead.id), status: 'open',
      band: band === 'same' ? 'same' : 'review', ...comparison, model_version: version, doubt: because,
    }];
  }
}
