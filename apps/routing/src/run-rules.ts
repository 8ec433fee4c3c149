import { Injectable } from '@nestjs/common';
import type { Facts } from '@headwater/rules';
import type { Tx } from '@headwater/platform';
import { allocate, type Allocation } from './domain/allocate';
import { keyOf, type Assignment } from './domain/assignment';
import { matchRules, type Match, type RuleSet } from './domain/match-rules';
import { afterRouting, knownFacts, withoutRules, type RoutingCause } from './domain/settle-lead';
import { RoutingMetrics } from './routing-metrics';
import { DecisionsStore, type NewDecision } from './store/decisions.store';
import { RotationStore } from './store/rotation.store';

interface ToRoute extends RoutingCause {
  assignment: Assignment;
}

interface Matched extends ToRoute {
  facts: Facts;
  match: Match;
}

/**
 * Runs the rules for leads without an owner. Rules are evaluated before the rotation lock; picks and counters are decided
 * and moved under it only, from what is read after it was got, so that replicas share one rotation.
 */
@Injectable()
export class RunRules {
  constructor(
    private readonly rotation: RotationStore, private readonly decisions: DecisionsStore, private readonly metrics: RoutingMetrics,
  ) {}

  /**
   * @param leads whose rows are locked, and whose facts are known
   * @returns the assignments as they are now, by lead; whoever calls writes and announces them
   */
  async run(tx: Tx, leads: ToRoute[]): Promise<Map<string, Assignment>> {
    if (leads.length === 0) return new Map();
    const tenants = [...new Set(leads.map(({ assignment }) => assignment.tenant))];
    const rules = await this.rotation.activeRules(tx, tenants);
    const matched = leads.flatMap((lead) => matchLead(lead, rules));
    const without = leads.filter(({ assignment }) => !rules.has(assignment.tenant)).map(({ assignment }) => withoutRules(assignment));
    const routed = matched.length > 0 ? await this.pick(tx, matched, [...rules.keys()]) : [];
    return new Map([...without, ...routed].map((assignment) => [keyOf(assignment), assignment]));
  }

  private async pick(tx: Tx, matched: Matched[], tenants: string[]): Promise<Assignment[]> {
    await this.rotation.lock(tx, tenants);
    // A setup that was put before the lock was got has other pools: its rules decide, too.
    const current = await this.rotation.activeRules(tx, tenants);
    const leads = matched.map((lead) =>
      (current.get(lead.assignment.tenant)?.version === lead.match.version ? lead : matchLead(lead, current)[0]));
    const pools = await this.rotation.pools(tx, tenants);

    const results = tenants.map((tenant) => {
      const waiting = leads.filter(({ assignment }) => assignment.tenant === tenant);
      const { allocations, moved } = allocate(waiting, pools.get(tenant) ?? []);
      return { moved, decided: waiting.map((lead, i) => ({ lead, allocation: allocations[i] })) };
    });
    await this.rotation.move(tx, results.flatMap(({ moved }) => moved));
    const decided = results.flatMap((result) => result.decided);
    const ids = await this.decisions.add(tx, decided.map(({ lead, allocation }) => decisionOf(lead, allocation)));
    tx.afterCommit(() => this.metrics.allocated(decided.map(({ allocation }) => allocation)));
    return decided.map(({ lead, allocation }, i) => afterRouting(lead.assignment, allocation, ids[i]));
  }
}

function matchLead(lead: ToRoute, rules: ReadonlyMap<string, RuleSet>): Matched[] {
  const ruleSet = rules.get(lead.assignment.tenant);
  const facts = knownFacts(lead.assignment);
  return ruleSet && facts ? [{ ...lead, facts, match: matchRules(ruleSet, facts) }] : [];
}

const decisionOf = (
  { assignment: { tenant, lead_id }, cause, key }: ToRoute, { match, because, pool, strategy, candidates, picked }: Allocation,
): NewDecision => ({
  tenant, lead_id, key, cause, because, actor: null, rule_set_version: match.version, rules: [...match.tried], pool, strategy,
  candidates: [...candidates], picked: picked && { id: picked.id, name: picked.name },
});
