import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type GetRuleSet, type ListRuleSets, type QuestionOf, type RuleSetView } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { documentFrom } from '../domain/rule-sets/rule-set-document';
import { RuleSetsStore, type RuleSetRow } from '../store/rule-sets.store';

export const viewOf = ({ replaced: _, document, ...row }: RuleSetRow): RuleSetView => ({ ...row, document: documentFrom(document) });

/** The versions of a tenant's rules. */
@Injectable()
export class ReadRuleSets {
  constructor(private readonly database: Database, private readonly ruleSets: RuleSetsStore) {}

  async list({ context, ...page }: QuestionOf<typeof ListRuleSets>): Promise<AnswerOf<typeof ListRuleSets>> {
    const { shown, next_cursor } = await this.ruleSets.page(this.database, context.tenant.id, page);
    return { rule_sets: shown.map(viewOf), next_cursor };
  }

  async get({ context, id }: QuestionOf<typeof GetRuleSet>): Promise<AnswerOf<typeof GetRuleSet>> {
    const found = await this.ruleSets.find(this.database, context.tenant.id, id);
    if (!found) throw DomainError.notFound('Rule set');
    return { rule_set: viewOf(found) };
  }
}
