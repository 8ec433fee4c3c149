import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type GetDuplicateReview, type ListDuplicateReviews, type ListOpenReviews, type QuestionOf,
} from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { reviewView } from '../domain/matching/review-view';
import { ReviewsStore } from '../store/reviews.store';

/** Pairs of leads that may be one person's, with the reasons. */
@Injectable()
export class ReadReviews {
  constructor(private readonly database: Database, private readonly reviews: ReviewsStore) {}

  async list({ context, ...page }: QuestionOf<typeof ListDuplicateReviews>): Promise<AnswerOf<typeof ListDuplicateReviews>> {
    const { rows, next } = await this.reviews.list(this.database, context.tenant.id, page);
    return { reviews: rows.map(reviewView), next_cursor: next };
  }

  /** @throws DomainError not_found */
  async get({ context, id }: QuestionOf<typeof GetDuplicateReview>): Promise<AnswerOf<typeof GetDuplicateReview>> {
    const row = await this.reviews.find(this.database, context.tenant.id, id);
    if (!row) throw DomainError.notFound('Duplicate review');
    return { review: reviewView(row) };
  }

  async openOf({ tenant, lead_id, limit }: QuestionOf<typeof ListOpenReviews>): Promise<AnswerOf<typeof ListOpenReviews>> {
    return { reviews: (await this.reviews.openOf(this.database, tenant, lead_id, limit)).map(reviewView) };
  }
}
