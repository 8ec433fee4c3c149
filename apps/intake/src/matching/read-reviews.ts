import { Injectable } from '@nestjs/common';
import {
  DomainError, MOST_OPEN_REVIEWS, type AnswerOf, type GetDuplicateReview, type ListDuplicateReviews, type ListOpenReviews, type QuestionOf,
} from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { explainedReview, reviewView } from '../domain/matching/review-view';
import { LeadsStore } from '../store/leads.store';
import { ReviewsStore } from '../store/reviews.store';

/** Pairs of leads that may be one person's, with the reasons. */
@Injectable()
export class ReadReviews {
  constructor(private readonly database: Database, private readonly reviews: ReviewsStore, private readonly leads: LeadsStore) {}

  async list({ context, ...page }: QuestionOf<typeof ListDuplicateReviews>): Promise<AnswerOf<typeof ListDuplicateReviews>> {
    const { rows, next } = await this.reviews.list(this.database, context.tenant.id, page);
    return { reviews: rows.map(reviewView), next_cursor: next };
  }

  /** @throws DomainError not_found */
  async get({ context, id }: QuestionOf<typeof GetDuplicateReview>): Promise<AnswerOf<typeof GetDuplicateReview>> {
    const row = await this.reviews.find(this.database, context.tenant.id, id);
    if (!row) throw DomainError.notFound('Duplicate review');
    return { review: explainedReview(row) };
  }

  /** @throws DomainError not_found */
  async openOf({ tenant, lead_id, limit }: QuestionOf<typeof ListOpenReviews>): Promise<AnswerOf<typeof ListOpenReviews>> {
    if ((await this.leads.get(this.database, tenant, [lead_id])).length === 0) throw DomainError.notFound('Lead');
    return { reviews: (await this.reviews.openOfEach(this.database, tenant, [lead_id], Math.min(limit, MOST_OPEN_REVIEWS))).map(explainedReview) };
  }
}
