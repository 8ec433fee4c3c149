import { Controller } from '@nestjs/common';
import { ExplainScoresToConvert, LockConvertedScores, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { LockScore } from '../lock-score';
import { ReadScores } from '../read-scores';

/** What conversion asks for several leads at once. */
@Controller()
export class ConvertingController {
  constructor(private readonly reading: ReadScores, private readonly locking: LockScore) {}

  @Answers(ExplainScoresToConvert)
  explain(question: QuestionOf<typeof ExplainScoresToConvert>): Promise<AnswerOf<typeof ExplainScoresToConvert>> {
    return this.reading.explainEach(question);
  }

  @Answers(LockConvertedScores)
  lock(question: QuestionOf<typeof LockConvertedScores>): Promise<AnswerOf<typeof LockConvertedScores>> {
    return this.locking.lockAll(question);
  }
}
