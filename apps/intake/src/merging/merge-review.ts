import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type MergeReview as MergeReviewRequest, type QuestionOf } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { ReviewsStore } from '../store/reviews.store';
import { MergeLeads } from './merge-leads';

/** A person's word that two leads are one person. */
@Injectable()
export class MergeReview {
  constructor(private readonly database: Database, private readonly reviews: ReviewsStore, private readonly mergeLeads: MergeLeads) {}

  /** @throws DomainError not_found, invalid, and as the merge itself is refused: `lead_merged` where they are one already */
  async merge({ context, id, primary_id, ...how }: QuestionOf<typeof MergeReviewRequest>): Promise<AnswerOf<typeof MergeReviewRequest>> {
    const review = await this.reviews.find(this.database, context.tenant.id, id);
    if (!review) throw DomainError.notFound('Duplicate review');
    const { low: { id: low_id }, high: { id: high_id } } = review;
    const primary = primary_id ?? low_id;
    if (primary !== low_id && primary !== high_id) {
      throw DomainError.invalidField('primary_id', 'unknown_value', 'primary_id must be one of the two leads of the review');
    }
    return this.mergeLeads.merge({ context, lead_id: primary, lead_ids: [primary === low_id ? high_id : low_id], ...how });
  }
}
