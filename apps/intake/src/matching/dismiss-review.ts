import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type DismissReview as DismissRequest, type QuestionOf } from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { explainedReview } from '../domain/matching/review-view';
import { ReviewsStore } from '../store/reviews.store';

/** A person's word that two leads are two persons. It holds, whichever is looked at, while both are who they are. */
@Injectable()
export class DismissReview {
  constructor(private readonly database: Database, private readonly reviews: ReviewsStore) {}

  /** Dismissed already, it stays as it is. @throws DomainError not_found, `already_merged` */
  dismiss({ context, id, reason }: QuestionOf<typeof DismissRequest>): Promise<AnswerOf<typeof DismissRequest>> {
    const { tenant: { id: tenant }, actor } = context;
    return once(this.database, attemptOf(context), async (tx) => {
      await this.reviews.dismiss(tx, tenant, id, { by: actor.name ?? actor.id, reason: reason?.trim() || null });
      const row = await this.reviews.find(tx, tenant, id);
      if (!row) throw DomainError.notFound('Duplicate review');
      if (row.status === 'merged') throw DomainError.conflict('already_merged', 'The leads of this review are merged');
      return { review: explainedReview(row) };
    });
  }
}
