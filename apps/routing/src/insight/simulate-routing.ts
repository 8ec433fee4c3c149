import { Injectable } from '@nestjs/common';
import {
  DomainError, MOST_SIMULATED, type AnswerOf, type Named, type QuestionOf, type SimulatedAssignment, type SimulatedRouting, type SimulateRouting as SimulateRoutingRequest,
} from '@headwater/contracts';
import { Database, type Tx } from '@headwater/platform';
import type { Facts } from '@headwater/rules';
import { isAtHand, ownersAllocation } from '../domain/choosing/account-owner';
import { allocate, type Allocation, type Pool } from '../domain/choosing/allocate';
import { matchRules } from '../domain/choosing/match-rules';
import { ownedAccount } from '../domain/owned-account';
import { patienceOf } from '../domain/patience';
import { compileRules, type CompiledRules } from '../domain/rule-sets/compile-rules';
import { keptPools } from '../domain/rule-sets/targets';
import { knownFacts } from '../domain/settle-lead';
import { MeetLeads } from '../meet-leads';
import { DecisionsStore } from '../store/decisions.store';
import { DirectoriesStore } from '../store/directories.store';
import { RotationStore } from '../store/rotation.store';
import { RuleSetsStore, type RuleSetRow } from '../store/rule-sets.store';

type Question = QuestionOf<typeof SimulateRoutingRequest>;
interface Subject { lead_id: number | null; facts: Facts; former: Named | null }
interface Tried { subjects: Subject[]; truncated: boolean }
interface Situation { rules: CompiledRules; pools: Pool[]; now: string }

/** Who would get what by a version of the rules, from where the rotation stands now. Writes nothing, and moves no counter. */
@Injectable()
export class SimulateRouting {
  constructor(
    private readonly database: Database, private readonly rotation: RotationStore, private readonly ruleSets: RuleSetsStore,
    private readonly decisions: DecisionsStore, private readonly meetLeads: MeetLeads, private readonly directories: DirectoriesStore,
  ) {}

  /** @throws DomainError `not_found`; `invalid` when it isn't said which leads; `no_rules` */
  async handle(question: Question): Promise<AnswerOf<typeof SimulateRoutingRequest>> {
    const tenant = question.context.tenant.id;
    const { subjects, truncated } = await this.subjects(tenant, question);
    const ruleSet = await this.ruleSet(tenant, question.rule_set_id ?? null);
    // An activation that is rolled back before a lead is tried: pools and members come out as they really would.
    const situation = await this.database.tryOut((tx) => this.situation(tx, tenant, ruleSet));
    // Where they belong is known now that the situation was read.
    const placed = subjects.map((subject) => ({ ...subject, facts: this.directories.of(tenant).placed(subject.facts) }));
    const allocations = await this.give(tenant, placed, situation);
    return { simulation: { ...summaryOf(placed, allocations), version: ruleSet.version, truncated } };
  }

  private async subjects(tenant: string, { lead_ids, leads, past_days }: Question): Promise<Tried> {
    const given = [lead_ids, leads, past_days].filter((one) => one != null);
    if (given.length !== 1) throw DomainError.invalidField('lead_ids', 'required', 'Say which leads: one of lead_ids, leads and past_days');
    if (leads) return { subjects: leads.map((facts) => ({ lead_id: null, facts: facts as Facts, former: null })), truncated: false };
    if (past_days) {
      const past = await this.decisions.past(this.database, tenant, { days: past_days, limit: MOST_SIMULATED.past + 1 });
      const newest = past.slice(0, MOST_SIMULATED.past).reverse();
      return { subjects: newest.map(({ lead_id, facts, picked }) => ({ lead_id, facts, former: picked })), truncated: past.length > newest.length };
    }
    const known = await this.meetLeads.all(tenant, lead_ids!);
    const subjects = known.flatMap((lead) => {
      const facts = knownFacts(lead) ?? lead.facts;
      return facts ? [{ lead_id: lead.lead_id, facts, former: lead.owner && { id: lead.owner.id, name: lead.owner.name } }] : [];
    });
    const missing = lead_ids!.find((id) => !subjects.some(({ lead_id }) => lead_id === id));
    if (missing !== undefined) throw DomainError.invalidField('lead_ids', 'unknown_lead', `There is no lead ${missing}`);
    return { subjects, truncated: false };
  }

  private async ruleSet(tenant: string, id: number | null): Promise<RuleSetRow> {
    const found = id === null ? await this.ruleSets.active(this.database, tenant) : await this.ruleSets.find(this.database, tenant, id);
    if (found) return found;
    throw id === null ? DomainError.conflict('no_rules', 'The tenant has no routing rules yet') : DomainError.invalidField('rule_set_id', 'unknown_rule_set', `There is no rule set ${id}`);
  }

  private async situation(tx: Tx, tenant: string, { id, version, status, document }: RuleSetRow): Promise<Situation> {
    const now = await this.rotation.lock(tx, [tenant]);
    if (status !== 'active') await this.ruleSets.activate(tx, tenant, { id, pools: keptPools(document), by: 'simulation' });
    const setups = await this.rotation.setups(tx, [{ tenant, version: null, pools: [] }]);
    return { rules: compileRules(version, document), pools: setups.get(tenant)!.pools, now };
  }

  private async give(tenant: string, subjects: readonly Subject[], { rules, pools, now }: Situation): Promise<Allocation[]> {
    const accounts = subjects.map(({ facts }) => ownedAccount(facts));
    const owners = await this.database.transaction((tx) =>
      this.rotation.reps(tx, accounts.flatMap((account) => (account ? [{ tenant, id: account.owner_id }] : []))));
    const kept = subjects.map((_, i): Allocation | null => {
      const owner = owners.find(({ id }) => id === accounts[i]?.owner_id);
      return owner && isAtHand(owner) ? ownersAllocation(accounts[i]!, owner, rules.version) : null;
    });
    const { allocations } = allocate(subjects.filter((_, i) => !kept[i]).map(({ facts }) =>
      ({ facts, match: matchRules(rules, facts), patience: patienceOf(rules, null, now) })), pools);
    return kept.map((allocation) => allocation ?? allocations.shift()!);
  }
}

function summaryOf(subjects: readonly Subject[], allocations: readonly Allocation[]): Omit<SimulatedRouting, 'version' | 'truncated'> {
  const leads = subjects.map((subject, i) => outcome(subject, allocations[i]));
  const reps = new Map(leads.flatMap(({ owner, former_owner }) => [owner, former_owner]).flatMap((rep) => (rep ? [[rep.id, rep] as const] : [])));
  const load = [...reps.values()].map((rep) => ({
    rep, leads: leads.filter(({ owner }) => owner?.id === rep.id).length, former_leads: leads.filter(({ former_owner }) => former_owner?.id === rep.id).length,
  })).sort((a, b) => b.leads - a.leads || a.rep.id - b.rep.id);
  return { leads, load, unassigned: leads.filter(({ owner }) => !owner).length, differ: leads.filter(({ differs }) => differs).length };
}

function outcome({ lead_id, former }: Subject, { match, because, pool, picked, waitsUntil }: Allocation): SimulatedAssignment {
  const owner = picked && { id: picked.id, name: picked.name };
  return {
    lead_id, rule: match.rule, pool, queue: owner ? null : match.queue, owner, waits_until: waitsUntil ?? null, because, former_owner: former,
    differs: lead_id !== null && owner?.id !== former?.id,
  };
}
