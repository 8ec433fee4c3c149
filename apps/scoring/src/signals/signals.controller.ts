import { Controller } from '@nestjs/common';
import { TakeSignals as TakeRequest, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { TakeSignals } from './take-signals';

@Controller()
export class SignalsController {
  constructor(private readonly taking: TakeSignals) {}

  @Answers(TakeRequest)
  takeSignals(question: QuestionOf<typeof TakeRequest>): Promise<AnswerOf<typeof TakeRequest>> {
    return this.taking.take(question);
  }
}
