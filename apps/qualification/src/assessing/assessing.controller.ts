import { Controller } from '@nestjs/common';
import { AssessLead, DecideProposal, ListAssessments, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { AssessLeads } from './assess-leads';
import { ReadAssessments } from './read-assessments';

/** What is found out about leads. */
@Controller()
export class AssessingController {
  constructor(private readonly reading: ReadAssessments, private readonly assessing: AssessLeads) {}

  @Answers(ListAssessments)
  listAssessments(question: QuestionOf<typeof ListAssessments>): Promise<AnswerOf<typeof ListAssessments>> {
    return this.reading.list(question);
  }

  @Answers(AssessLead)
  assessLead(question: QuestionOf<typeof AssessLead>): Promise<AnswerOf<typeof AssessLead>> {
    return this.assessing.assess(question);
  }

  @Answers(DecideProposal)
  decideProposal(question: QuestionOf<typeof DecideProposal>): Promise<AnswerOf<typeof DecideProposal>> {
    return this.assessing.decide(question);
  }
}
