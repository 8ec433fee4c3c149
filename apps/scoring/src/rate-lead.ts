import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type QuestionOf, type RateLead as RateRequest } from '@headwater/contracts';
import { HoldScore, nameOf } from './hold-score';
import { ScoresStore } from './store/scores.store';

const MOST_STARS = 5;

/** People give stars; enough of them make a lead hot whatever its score. */
@Injectable()
export class RateLead {
  constructor(private readonly holding: HoldScore, private readonly scores: ScoresStore) {}

  /**
   * Applied once per `command_id`; stars that the lead already has are nothing new.
   * @throws DomainError `not_found`, `invalid`, `lead_locked`, `precondition_failed`
   */
  async rate(question: QuestionOf<typeof RateRequest>): Promise<AnswerOf<typeof RateRequest>> {
    const { context, command_id, lead_id, patch: { rating }, expected_revision, validate_only } = question;
    checkStars(rating);
    return this.holding.hold(context, lead_id, async ({ tx, held, mayWrite, change, read }) => {
      if (await this.scores.wasApplied(tx, held, command_id)) return { score: await read() };
      mayWrite(expected_revision);
      if (validate_only || rating === undefined) return { score: await read() };
      await this.scores.markApplied(tx, held, command_id);
      if (rating === (held.scored?.state.rating ?? null)) return { score: await read() };
      const reason = rating === null ? 'stars taken back' : `${rating} ${rating === 1 ? 'star' : 'stars'}`;
      return { score: await change({ cause: 'rating', rating, reason, actor: nameOf(context) }) };
    });
  }
}

function checkStars(rating: unknown): void {
  if (rating === undefined || rating === null) return;
  if (typeof rating !== 'number' || !Number.isInteger(rating)) {
    throw DomainError.invalidField('rating', 'wrong_type', 'rating must be a whole number');
  }
  if (rating < 0) throw DomainError.invalidField('rating', 'too_small', 'rating must be at least 0');
  if (rating > MOST_STARS) throw DomainError.invalidField('rating', 'too_large', `rating must be at most ${MOST_STARS}`);
}
