import { Injectable } from '@nestjs/common';
import type { AnswerOf, DecisionView, GetDecisions, QuestionOf } from '@headwater/contracts';
import { Database, numberIn } from '@headwater/platform';
import { routingState } from './domain/assignment';
import { BY_ACCOUNT } from './domain/choosing/account-owner';
import { explainRules } from './domain/choosing/match-rules';
import { MeetLeads } from './meet-leads';
import { RulesInForce } from './rules-in-force';
import { DecisionsStore, type KeptDecision } from './store/decisions.store';

const MOST = 100;

/** Why a lead went where it went. Rules are pure, and no version changes: what each found is found again from the facts that it saw. */
@Injectable()
export class ReadDecisions {
  constructor(
    private readonly database: Database, private readonly meetLeads: MeetLeads, private readonly decisions: DecisionsStore,
    private readonly rules: RulesInForce,
  ) {}

  /** @throws DomainError `not_found`; `wrong_cursor` */
  async handle({ context, lead_id, cursor, limit = MOST }: QuestionOf<typeof GetDecisions>): Promise<AnswerOf<typeof GetDecisions>> {
    const tenant = context.tenant.id;
    const before = numberIn(cursor);
    const assignment = await this.meetLeads.one(tenant, lead_id);
    const { decisions, next_cursor } = await this.decisions.page(this.database, assignment, { before, limit: Math.min(limit, MOST) });
    const explained: DecisionView[] = [];
    for (const decision of decisions) explained.push(await this.explain(tenant, decision));
    return { assignment: routingState(assignment), decisions: explained, next_cursor };
  }

  private async explain(tenant: string, { facts, ...decision }: KeptDecision): Promise<DecisionView> {
    if (!facts || decision.rule_set_version === null || decision.strategy === BY_ACCOUNT) return decision;
    const rules = await this.rules.of(this.database, tenant, decision.rule_set_version);
    return { ...decision, rules: explainRules(rules, facts) };
  }
}
