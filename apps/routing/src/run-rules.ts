import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import { isAtHand, ownedAccount, ownersAllocation } from './domain/account-owner';
import { allocate, type Allocation } from './domain/allocate';
import { keyOf, type Assignment } from './domain/assignment';
import { matchRules } from './domain/match-rules';
import { afterRouting, withoutRules, type RoutingCause } from './domain/settle-lead';
import { RoutingMetrics } from './routing-metrics';
import { RulesInForce } from './rules-in-force';
import { DecisionsStore, type NewDecision } from './store/decisions.store';
import { DirectoriesStore } from './store/directories.store';
import { RotationStore, type Setup } from './store/rotation.store';

export interface ToRoute extends RoutingCause {
  assignment: Assignment;
  /** who may not get it, each with why */
  barred?: ReadonlyMap<number, string>;
}

interface Decided { lead: ToRoute; allocation: Allocation }

/**
 * Runs the rules for leads without an owner. Under the rotation lock, from what is read after it was got: so replicas share
 * one rotation, and a setup that was put meanwhile decides.
 */
@Injectable()
export class RunRules {
  constructor(
    private readonly rotation: RotationStore, private readonly rules: RulesInForce, private readonly decisions: DecisionsStore,
    private readonly metrics: RoutingMetrics, private readonly directories: DirectoriesStore,
  ) {}

  /**
   * @param leads which are locked, and whose facts are known
   * @returns the assignments as they are now, by lead; whoever calls writes and announces them
   */
  async run(tx: Tx, asked: ToRoute[]): Promise<Map<string, Assignment>> {
    if (asked.length === 0) return new Map();
    const leads = asked.map((lead) => ({ ...lead, facts: this.directories.placed(lead.assignment.tenant, lead.facts) }));
    const tenants = [...new Set(leads.map(({ assignment }) => assignment.tenant))];
    await this.rotation.lock(tx, tenants);
    const setups = await this.rotation.setups(tx, tenants);
    // Territories have changed since this process last looked: once more, with where leads belong now.
    if ([...setups.values()].some(({ moved }) => moved)) return this.run(tx, asked);
    const without = leads.filter(({ assignment }) => !setups.has(assignment.tenant)).map(({ assignment }) => withoutRules(assignment));
    const kept = await this.byAccount(tx, leads, setups);
    const keptLeads = new Set(kept.map(({ lead }) => lead));
    const decided = [...kept, ...await this.pick(tx, leads.filter((lead) => !keptLeads.has(lead)), setups)];
    await this.countWindows(tx, decided, setups);
    const routed = await this.decide(tx, decided);
    tx.afterCommit(() => this.metrics.unruled(without.length));
    return new Map([...without, ...routed].map((assignment) => [keyOf(assignment), assignment]));
  }

  /** Leads of an account go to its owner, who has to be there still; in most batches there is none, and nothing is asked. */
  private async byAccount(tx: Tx, leads: ToRoute[], setups: ReadonlyMap<string, Setup>): Promise<Decided[]> {
    const owned = leads.flatMap((lead) => {
      const account = setups.has(lead.assignment.tenant) ? ownedAccount(lead.facts) : null;
      return account ? [{ lead, account, tenant: lead.assignment.tenant }] : [];
    });
    const reps = await this.rotation.reps(tx, owned.map(({ tenant, account }) => ({ tenant, id: account.owner_id })));
    return owned.flatMap(({ lead, account, tenant }) => {
      const rep = reps.find((one) => one.tenant === tenant && one.id === account.owner_id && isAtHand(one) && !lead.barred?.has(one.id));
      return rep ? [{ lead, allocation: ownersAllocation(account.account_id, rep, setups.get(tenant)!.version) }] : [];
    });
  }

  private async pick(tx: Tx, leads: ToRoute[], setups: ReadonlyMap<string, Setup>): Promise<Decided[]> {
    const results = [];
    for (const [tenant, { version, pools }] of setups) {
      const rules = await this.rules.of(tx, tenant, version);
      const own = leads.filter(({ assignment }) => assignment.tenant === tenant);
      const { allocations, moved } = allocate(own.map(({ facts, barred }) => ({ facts, match: matchRules(rules, facts), barred })), pools);
      results.push({ moved, decided: own.map((lead, i) => ({ lead, allocation: allocations[i] })) });
    }
    await this.rotation.move(tx, results.flatMap(({ moved }) => moved));
    return results.flatMap((result) => result.decided);
  }

  private async countWindows(tx: Tx, decided: Decided[], setups: ReadonlyMap<string, Setup>): Promise<void> {
    const [setup] = setups.values();
    if (!setup) return;
    await this.directories.count(tx, decided.flatMap(({ lead: { assignment: { tenant } }, allocation: { picked } }) => (
      picked ? [{ tenant, rep_id: picked.id }] : [])), setup.now);
  }

  private async decide(tx: Tx, decided: Decided[]): Promise<Assignment[]> {
    const ids = await this.decisions.add(tx, decided.map(({ lead, allocation }) => decisionOf(lead, allocation)));
    tx.afterCommit(() => this.metrics.allocated(decided.map(({ allocation }) => allocation)));
    return decided.map(({ lead, allocation }, i) => afterRouting(lead.assignment, allocation, ids[i]));
  }
}

const decisionOf = (
  { assignment: { tenant, lead_id }, cause, key, facts }: ToRoute, { match, because, pool, strategy, candidates, picked }: Allocation,
): NewDecision => ({
  tenant, lead_id, key, cause, because, actor: null, rule_set_version: match.version, rules: [], rule: match.rule, facts, pool, strategy,
  candidates: [...candidates], picked: picked && { id: picked.id, name: picked.name },
});
