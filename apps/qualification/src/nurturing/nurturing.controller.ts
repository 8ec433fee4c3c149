import { Controller } from '@nestjs/common';
import {
  GetNurtureRules, GetNurturing, NurtureLead, PutNurtureRules, ReengageLead, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { KeepNurtureRules } from './keep-rules';
import { NurtureLeads } from './nurture-lead';
import { ShowNurturing } from './show-nurturing';

@Controller()
export class NurturingController {
  constructor(private readonly leads: NurtureLeads, private readonly shown: ShowNurturing, private readonly rules: KeepNurtureRules) {}

  @Answers(NurtureLead)
  nurture(question: QuestionOf<typeof NurtureLead>): Promise<AnswerOf<typeof NurtureLead>> {
    return this.leads.nurture(question);
  }

  @Answers(ReengageLead)
  reengage(question: QuestionOf<typeof ReengageLead>): Promise<AnswerOf<typeof ReengageLead>> {
    return this.leads.reengage(question);
  }

  @Answers(GetNurturing)
  getNurturing(question: QuestionOf<typeof GetNurturing>): Promise<AnswerOf<typeof GetNurturing>> {
    return this.shown.show(question);
  }

  @Answers(GetNurtureRules)
  getRules(question: QuestionOf<typeof GetNurtureRules>): Promise<AnswerOf<typeof GetNurtureRules>> {
    return this.rules.get(question);
  }

  @Answers(PutNurtureRules)
  putRules(question: QuestionOf<typeof PutNurtureRules>): Promise<AnswerOf<typeof PutNurtureRules>> {
    return this.rules.put(question);
  }
}
