import { Controller } from '@nestjs/common';
import {
  GetAttribution, GetContactRoles, ListOpportunities, ListStageChanges, PutContactRoles, UpdateOpportunity, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { AttributeOpportunity } from './attribute-opportunity';
import { KeepContactRoles } from './keep-contact-roles';
import { KeepOpportunities } from './keep-opportunities';

/** What conversion is asked of deals, besides making and reading one. */
@Controller()
export class OpportunitiesController {
  constructor(
    private readonly opportunities: KeepOpportunities, private readonly roles: KeepContactRoles, private readonly attributions: AttributeOpportunity,
  ) {}

  @Answers(ListOpportunities)
  listOpportunities(question: QuestionOf<typeof ListOpportunities>): Promise<AnswerOf<typeof ListOpportunities>> {
    return this.opportunities.list(question);
  }

  @Answers(UpdateOpportunity)
  updateOpportunity(question: QuestionOf<typeof UpdateOpportunity>): Promise<AnswerOf<typeof UpdateOpportunity>> {
    return this.opportunities.update(question);
  }

  @Answers(ListStageChanges)
  listStageChanges(question: QuestionOf<typeof ListStageChanges>): Promise<AnswerOf<typeof ListStageChanges>> {
    return this.opportunities.stageChanges(question);
  }

  @Answers(GetContactRoles)
  getContactRoles(question: QuestionOf<typeof GetContactRoles>): Promise<AnswerOf<typeof GetContactRoles>> {
    return this.roles.get(question);
  }

  @Answers(PutContactRoles)
  putContactRoles(question: QuestionOf<typeof PutContactRoles>): Promise<AnswerOf<typeof PutContactRoles>> {
    return this.roles.put(question);
  }

  @Answers(GetAttribution)
  getAttribution(question: QuestionOf<typeof GetAttribution>): Promise<AnswerOf<typeof GetAttribution>> {
    return this.attributions.attribute(question);
  }
}
