import { Injectable } from '@nestjs/common';
import {
  DomainError, NurtureRules, type AnswerOf, type GetNurtureRules, type NurtureRulesView, type PutNurtureRules, type QuestionOf,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { compileValidator, Database } from '@headwater/platform';
import { nameOf } from '../domain/lead-status';
import { checkNurtureRules } from '../domain/nurturing/check-nurture-rules';
import { DEFAULT_RULES } from '../domain/nurturing/nurture-rules';
import { NurtureRulesStore } from '../store/nurture-rules.store';
import { NurtureRulesInForce } from './rules-in-force';

const shapeOf = compileValidator(NurtureRules, { closed: true });
const BY_DEFAULT: NurtureRulesView = { version: 0, document: DEFAULT_RULES, created_at: null, created_by: null };

/** What enrols a tenant's leads, and brings them back. Conditions count at once; each enrolment keeps the days that it began with. */
@Injectable()
export class KeepNurtureRules {
  constructor(private readonly database: Database, private readonly rules: NurtureRulesStore, private readonly inForce: NurtureRulesInForce) {}

  async get({ context }: QuestionOf<typeof GetNurtureRules>): Promise<AnswerOf<typeof GetNurtureRules>> {
    return { rules: await this.rules.newest(this.database, context.tenant.id) ?? BY_DEFAULT };
  }

  /** Writes the document as the next version. @throws DomainError `invalid` with every problem in it */
  async put({ context, document }: QuestionOf<typeof PutNurtureRules>): Promise<AnswerOf<typeof PutNurtureRules>> {
    const tenant = context.tenant.id;
    const rules = shapeOf(document);
    const errors = checkNurtureRules(rules);
    if (errors.length > 0) throw DomainError.invalid(errors);
    return once(this.database, attemptOf(context), async (tx) => {
      tx.afterCommit(() => this.inForce.changed());
      return { rules: await this.rules.add(tx, tenant, rules, nameOf(context.actor)) };
    });
  }
}
