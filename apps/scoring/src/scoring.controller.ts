import { Controller } from '@nestjs/common';
import {
  ClearOverride, ExplainScore as ExplainRequest, GetScores, LockScore as LockRequest, MergeScores, OverrideScore as OverrideRequest,
  RateLead as RateRequest, RecomputeScore, ScoreHistory, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { ExplainScore } from './explain-score';
import { FollowMerges } from './follow-merges';
import { LockScore } from './lock-score';
import { OverrideScore } from './override-score';
import { RateLead } from './rate-lead';
import { ReadScores } from './read-scores';

@Controller()
export class ScoringController {
  constructor(
    private readonly reading: ReadScores,
    private readonly explaining: ExplainScore,
    private readonly overriding: OverrideScore,
    private readonly rating: RateLead,
    private readonly locking: LockScore,
    private readonly merges: FollowMerges,
  ) {}

  @Answers(GetScores)
  getScores(question: QuestionOf<typeof GetScores>): Promise<AnswerOf<typeof GetScores>> {
    return this.reading.get(question);
  }

  @Answers(ExplainRequest)
  explainScore(question: QuestionOf<typeof ExplainRequest>): Promise<AnswerOf<typeof ExplainRequest>> {
    return this.explaining.explain(question);
  }

  @Answers(ScoreHistory)
  scoreHistory(question: QuestionOf<typeof ScoreHistory>): Promise<AnswerOf<typeof ScoreHistory>> {
    return this.reading.history(question);
  }

  @Answers(OverrideRequest)
  overrideScore(question: QuestionOf<typeof OverrideRequest>): Promise<AnswerOf<typeof OverrideRequest>> {
    return this.overriding.pin(question);
  }

  @Answers(ClearOverride)
  clearOverride(question: QuestionOf<typeof ClearOverride>): Promise<AnswerOf<typeof ClearOverride>> {
    return this.overriding.clear(question);
  }

  @Answers(RecomputeScore)
  recomputeScore(question: QuestionOf<typeof RecomputeScore>): Promise<AnswerOf<typeof RecomputeScore>> {
    return this.overriding.recompute(question);
  }

  @Answers(RateRequest)
  rateLead(question: QuestionOf<typeof RateRequest>): Promise<AnswerOf<typeof RateRequest>> {
    return this.rating.rate(question);
  }

  @Answers(LockRequest)
  lockScore(question: QuestionOf<typeof LockRequest>): Promise<AnswerOf<typeof LockRequest>> {
    return this.locking.lock(question);
  }

  @Answers(MergeScores)
  mergeScores(question: QuestionOf<typeof MergeScores>): Promise<AnswerOf<typeof MergeScores>> {
    return this.merges.told(question);
  }
}
