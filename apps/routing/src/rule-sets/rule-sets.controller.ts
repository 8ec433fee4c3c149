import { Controller } from '@nestjs/common';
import {
  ActivateRuleSet as ActivateRuleSetRequest, DeleteRuleSet, DraftRuleSet as DraftRuleSetRequest, GetRuleSet, ListRuleSets, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { ActivateRuleSet } from './activate-rule-set';
import { DraftRuleSet } from './draft-rule-set';
import { ReadRuleSets } from './read-rule-sets';

@Controller()
export class RuleSetsController {
  constructor(private readonly read: ReadRuleSets, private readonly drafts: DraftRuleSet, private readonly activations: ActivateRuleSet) {}

  @Answers(ListRuleSets)
  list(question: QuestionOf<typeof ListRuleSets>): Promise<AnswerOf<typeof ListRuleSets>> {
    return this.read.list(question);
  }

  @Answers(GetRuleSet)
  get(question: QuestionOf<typeof GetRuleSet>): Promise<AnswerOf<typeof GetRuleSet>> {
    return this.read.get(question);
  }

  @Answers(DraftRuleSetRequest)
  draft(question: QuestionOf<typeof DraftRuleSetRequest>): Promise<AnswerOf<typeof DraftRuleSetRequest>> {
    return this.drafts.handle(question);
  }

  @Answers(DeleteRuleSet)
  remove(question: QuestionOf<typeof DeleteRuleSet>): Promise<AnswerOf<typeof DeleteRuleSet>> {
    return this.drafts.remove(question);
  }

  @Answers(ActivateRuleSetRequest)
  activate(question: QuestionOf<typeof ActivateRuleSetRequest>): Promise<AnswerOf<typeof ActivateRuleSetRequest>> {
    return this.activations.handle(question);
  }
}
