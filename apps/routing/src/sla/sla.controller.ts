import { Controller } from '@nestjs/common';
import {
  GetSla, GetSlaPolicies, PauseSla, PutSlaPolicies, ResumeSla, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { KeepPolicies } from './keep-policies';
import { PauseClock } from './pause-clock';

@Controller()
export class SlaController {
  constructor(private readonly clocks: PauseClock, private readonly policies: KeepPolicies) {}

  @Answers(GetSla)
  getSla(question: QuestionOf<typeof GetSla>): Promise<AnswerOf<typeof GetSla>> {
    return this.clocks.show(question);
  }

  @Answers(PauseSla)
  pauseSla(question: QuestionOf<typeof PauseSla>): Promise<AnswerOf<typeof PauseSla>> {
    return this.clocks.pause(question);
  }

  @Answers(ResumeSla)
  resumeSla(question: QuestionOf<typeof ResumeSla>): Promise<AnswerOf<typeof ResumeSla>> {
    return this.clocks.resume(question);
  }

  @Answers(GetSlaPolicies)
  getPolicies(question: QuestionOf<typeof GetSlaPolicies>): Promise<AnswerOf<typeof GetSlaPolicies>> {
    return this.policies.get(question);
  }

  @Answers(PutSlaPolicies)
  putPolicies(question: QuestionOf<typeof PutSlaPolicies>): Promise<AnswerOf<typeof PutSlaPolicies>> {
    return this.policies.put(question);
  }
}
