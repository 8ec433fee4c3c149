import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import { keyOf, type Assignment } from './domain/assignment';
import { BY_ACCOUNT, isAtHand, ownersAllocation } from './domain/choosing/account-owner';
import { allocate, type Allocation, type MovedCounters, type Pool } from './domain/choosing/allocate';
import { matchPool, matchRules, type Match } from './domain/choosing/match-rules';
import { ownedAccount } from './domain/owned-account';
import { patienceOf } from './domain/patience';
import type { CompiledRules } from './domain/rule-sets/compile-rules';
import { afterRouting, waitForEnrichment, withoutRules, type RoutingCause } from './domain/settle-lead';
import { RoutingMetrics } from './routing-metrics';
import { RulesInForce } from './rules-in-force';
import { DecisionsStore, type NewDecision } from './store/decisions.store';
import { DirectoriesStore } from './store/directories.store';
import { RotationStore, type Setup } from './store/rotation.store';

export interface ToRoute extends RoutingCause {
  assignment: Assignment;
}

interface Decided { lead: ToRoute; allocation: Allocation }

/** What is got ready before the rotation is locked. */
interface Prepared { rules: CompiledRules; matches: Map<ToRoute, Match> }

/** Decisions after which an owner isn't the rules' to take away. */
const NOT_OURS = new Set(['manual', 'claim', 'convert', 'merge', 'unmerge']);

/**
 * Runs the rules for leads. They are evaluated before the rotation is locked, by the version that is probably in force; under the lock are
 * only the pick and the counters, from what is read after it was got. So replicas share one rotation, and a version that was
 * activated meanwhile decides.
 */
@Injectable()
export class RunRules {
  constructor(
    private readonly rotation: RotationStore, private readonly rules: RulesInForce, private readonly decisions: DecisionsStore,
    private readonly metrics: RoutingMetrics, private readonly directories: DirectoriesStore,
  ) {}

  /**
   * @param leads which are locked, and whose facts are known
   * @returns the assignments as they are now, by lead; whoever calls writes and announces them. Of leads that nothing happens to, none
   */
  async run(tx: Tx, asked: readonly ToRoute[]): Promise<Map<string, Assignment>> {
    const placedBy = new Map(asked.map(({ assignment: { tenant } }) => [tenant, this.directories.of(tenant)]));
    const leads = asked.map((lead) => ({ ...lead, facts: placedBy.get(lead.assignment.tenant)!.placed(lead.facts) }));
    const prepared = await this.prepare(tx, leads);
    const wanted = await this.wanted(tx, leads, prepared);
    if (wanted.length === 0) return new Map();
    const tenants = [...new Set(wanted.map(({ assignment }) => assignment.tenant))];
    const now = await this.rotation.lock(tx, tenants);
    const setups = await this.rotation.setups(tx, tenants.map((tenant) => ({
      tenant, version: prepared.get(tenant)?.rules.version ?? null, pools: poolsOf(prepared.get(tenant), wanted),
    })));
    // Territories have changed since these leads were placed, whoever noticed it first: once more, with where they belong now.
    if ([...setups.keys()].some((tenant) => this.directories.of(tenant).placesOtherwise(placedBy.get(tenant)!))) return this.run(tx, asked);
    const without = wanted.filter(({ assignment }) => !setups.has(assignment.tenant)).map(({ assignment }) => withoutRules(assignment));
    for (const tenant of tenants) this.rules.saw(tenant, setups.get(tenant)?.version ?? null);
    const ruled = wanted.filter(({ assignment }) => setups.has(assignment.tenant));
    const held = await this.holdBack(tx, ruled, setups, now);
    const kept = await this.byAccount(tx, ruled.filter((lead) => !held.has(lead)), setups);
    const keptLeads = new Set(kept.map(({ lead }) => lead));
    const picked = await this.pick(tx, { leads: ruled.filter((lead) => !held.has(lead) && !keptLeads.has(lead)), setups, prepared, now });
    const decided = [...kept, ...picked].filter(isNews);
    await this.countWindows(tx, decided, now);
    const routed = await this.decide(tx, decided, now);
    tx.afterCommit(() => this.metrics.unruled(without.length));
    return new Map([...without, ...held.values(), ...routed].map((assignment) => [keyOf(assignment), assignment]));
  }

  private async prepare(tx: Tx, leads: readonly ToRoute[]): Promise<Map<string, Prepared>> {
    const prepared = new Map<string, Prepared>();
    for (const tenant of new Set(leads.map(({ assignment }) => assignment.tenant))) {
      const rules = await this.rules.probably(tx, tenant);
      if (rules) prepared.set(tenant, { rules, matches: new Map() });
    }
    for (const lead of leads) {
      const { rules, matches } = prepared.get(lead.assignment.tenant) ?? {};
      if (rules && isAsked(lead, rules)) matches!.set(lead, matchOf(lead, rules));
    }
    return prepared;
  }

  /** Leads that have an owner are looked at again only where their tenant wants that, and only when another rule holds than the one that gave it. */
  private async wanted(tx: Tx, leads: readonly ToRoute[], prepared: ReadonlyMap<string, Prepared>): Promise<ToRoute[]> {
    const changed = leads.filter((lead) => lead.changed && prepared.get(lead.assignment.tenant)?.matches.has(lead));
    const causes = await this.decisions.causes(tx, changed.flatMap(({ assignment: { decision_id } }) => decision_id ?? []));
    const again = changed.filter((lead) => {
      const was = causes.get(lead.assignment.decision_id ?? 0);
      return was && !NOT_OURS.has(was.cause) && was.strategy !== BY_ACCOUNT && was.rule !== prepared.get(lead.assignment.tenant)!.matches.get(lead)!.rule;
    });
    return leads.filter((lead) => !lead.changed || again.includes(lead));
  }

  /** First routings that wait for what is on its way. */
  private async holdBack(tx: Tx, leads: readonly ToRoute[], setups: ReadonlyMap<string, Setup>, now: string): Promise<Map<ToRoute, Assignment>> {
    const held = new Map<ToRoute, Assignment>();
    for (const lead of leads.filter(({ mayWait }) => mayWait)) {
      const { tenant, waits } = lead.assignment;
      const { waitSeconds } = await this.rules.of(tx, tenant, setups.get(tenant)!.version);
      const isOver = waits?.for === 'enrichment' && Date.parse(waits.until ?? now) <= Date.parse(now);
      if (waitSeconds > 0 && !isOver) held.set(lead, waitForEnrichment(lead.assignment, now, waitSeconds));
    }
    return held;
  }

  /** Leads of an account go to its owner, who has to be there still; in most batches there is none, and nothing is asked. */
  private async byAccount(tx: Tx, leads: readonly ToRoute[], setups: ReadonlyMap<string, Setup>): Promise<Decided[]> {
    const owned = leads.flatMap((lead) => {
      const account = lead.pool ? null : ownedAccount(lead.facts);
      return account ? [{ lead, account, tenant: lead.assignment.tenant }] : [];
    });
    const reps = await this.rotation.reps(tx, owned.map(({ tenant, account }) => ({ tenant, id: account.owner_id })));
    return owned.flatMap(({ lead, account, tenant }) => {
      const rep = reps.find((one) => one.tenant === tenant && one.id === account.owner_id && isAtHand(one) && !lead.barred?.has(one.id));
      return rep ? [{ lead, allocation: ownersAllocation(account, rep, setups.get(tenant)!.version) }] : [];
    });
  }

  private async pick(
    tx: Tx, { leads, setups, prepared, now }: {
      leads: readonly ToRoute[]; setups: ReadonlyMap<string, Setup>; prepared: ReadonlyMap<string, Prepared>; now: string;
    },
  ): Promise<Decided[]> {
    const all: MovedCounters[] = [];
    const decided: Decided[] = [];
    for (const [tenant, { version, pools }] of setups) {
      const rules = await this.rules.of(tx, tenant, version);
      const own = hotFirst(leads.filter(({ assignment }) => assignment.tenant === tenant));
      const ready = prepared.get(tenant)?.rules.version === version ? prepared.get(tenant)!.matches : null;
      const { allocations, moved } = giveAway(own, rules, { pools, ready, now });
      all.push(...moved);
      own.forEach((lead, i) => decided.push({ lead, allocation: allocations[i] }));
    }
    await this.rotation.move(tx, all);
    return decided;
  }

  private async countWindows(tx: Tx, decided: readonly Decided[], now: string): Promise<void> {
    await this.directories.count(tx, decided.flatMap(({ lead: { assignment: { tenant } }, allocation: { picked } }) => (
      picked ? [{ tenant, rep_id: picked.id }] : [])), now);
  }

  private async decide(tx: Tx, decided: Decided[], now: string): Promise<Assignment[]> {
    const ids = await this.decisions.add(tx, decided.map(({ lead, allocation }) => decisionOf(lead, allocation)));
    tx.afterCommit(() => this.metrics.allocated(decided.map(({ allocation }) => allocation)));
    return decided.map(({ lead, allocation }, i) => afterRouting(lead.assignment, allocation, { decisionId: ids[i], now, terms: lead }));
  }
}

/** Whether these rules want to be asked: of what changed of a lead with an owner, only some counts. */
const isAsked = ({ changed }: ToRoute, { rerouteOn }: CompiledRules): boolean => !changed || changed.some((one) => rerouteOn.includes(one));

const matchOf = ({ pool, facts, assignment }: ToRoute, rules: CompiledRules): Match =>
  (pool ? matchPool(rules, pool, assignment.sla_policy) : null) ?? matchRules(rules, facts);

const poolsOf = (prepared: Prepared | undefined, wanted: readonly ToRoute[]): string[] =>
  (prepared ? [...new Set(wanted.flatMap((lead) => prepared.matches.get(lead)?.pools ?? []))] : []);

/** A lead keeps the owner that it has when the rules find nobody else; after a breach the decision says so. */
const isNews = ({ lead: { assignment, cause }, allocation: { picked } }: Decided): boolean =>
  picked !== null || assignment.owner === null || assignment.own !== null || cause === 'sla_breach';

const isHot = ({ assignment: { score } }: ToRoute): boolean => score?.is_hot === true;

/** Hot leads are decided before the others of their batch. */
const hotFirst = (leads: readonly ToRoute[]): ToRoute[] => [...leads.filter(isHot), ...leads.filter((lead) => !isHot(lead))];

function giveAway(
  leads: readonly ToRoute[], rules: CompiledRules, { pools, ready, now }: { pools: readonly Pool[]; ready: ReadonlyMap<ToRoute, Match> | null; now: string },
): ReturnType<typeof allocate> {
  return allocate(leads.map((lead) => {
    const match = ready?.get(lead) ?? matchOf(lead, rules);
    return { facts: lead.facts, match, barred: lead.barred, patience: patienceOf(rules, lead.assignment.waits, now) };
  }), pools);
}

const decisionOf = ({ assignment: { tenant, lead_id }, cause, key, facts, mayWait, pool: chosen }: ToRoute, allocation: Allocation): NewDecision => {
  const { match, because, pool, strategy, candidates, leftOut, picked, kind } = allocation;
  return {
    tenant, lead_id, key, cause, because: mayWait || facts.enrichment_pending ? `without the enrichment that was on its way: ${because}` : because, actor: null,
    rule_set_version: match.version, rule: match.rule, ...(chosen ? {} : { facts }), kind, leftOut, pool, strategy, candidates: [...candidates],
    picked: picked && { id: picked.id, name: picked.name },
  };
};
