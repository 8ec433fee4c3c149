import { NotificationRequested, type NewEvent, type RerouteCause } from '@headwater/contracts';
import type { Facts } from '@headwater/rules';
import { isOver, priorityByTemperature, shortReason, type Assignment, type Waits } from './assignment';
import { dateIn, daysAfter } from './calendar';
import type { Allocation } from './choosing/allocate';
import { decideOwn } from './merged-owner';
import { isHot } from './rule-fields';

/** The stars of a lead went up; its effects happen once. */
export interface Rise {
  /** scoring's revision that it belongs to: its name within the lead */
  readonly scoring_revision: number;
  /** 4 or 5 */
  readonly rating: number;
  /** when it was learnt of, RFC 3339 */
  readonly at: string;
  /** when its effects happen, RFC 3339 */
  readonly now: string;
}

const FIVE_STARS = 5;
export const STARS_WITH_EFFECT = 4;
const MAIL_GOOD_FOR_DAYS = 7;

/** What somebody wants of a routing besides what the rules say. */
export interface RoutingTerms {
  /** who may not get it, each with why */
  readonly barred?: ReadonlyMap<number, string>;
  /** whose turn it is, whatever the rules say; where it isn't there, they decide */
  readonly pool?: string | null;
}

/** What makes the rules run for a lead; the key makes it one decision. */
export interface RoutingCause extends RoutingTerms {
  readonly cause: 'first_score' | 'five_stars' | 'window' | 'change' | 'on_demand' | 'reassignment' | 'sla_breach' | 'nurture_exit';
  readonly key: string;
  /** what changed, of `change`: the rules say whether it matters */
  readonly changed?: readonly RerouteCause[];
  /** it is waited for what is on its way, unless it has been long enough */
  readonly mayWait?: boolean;
  /** that rules are evaluated over */
  readonly facts: Facts;
}

/** The facts that rules are evaluated over; null while some of them are unknown. */
export const knownFacts = ({ facts, score }: Assignment): Facts | null => (facts && score ? { ...facts, score } : null);

/** Why a lead is routed now, by what is stored of it, whatever event came last; null when it isn't. */
export function routingCause(
  assignment: Assignment, rises: readonly Rise[], { before, isDue = false }: { before?: Assignment; isDue?: boolean } = {},
): RoutingCause | null {
  const facts = knownFacts(assignment);
  const { owner, own, awaits_routing, waits } = assignment;
  // An owner by a merge is one, too, but the rules have their say about the lead itself once.
  if (isOver(assignment) || !facts) return null;
  if (owner && !own && !awaits_routing && before) return changeCause(before, assignment, facts);
  if ((own ? own.owner : owner) || (owner && !awaits_routing)) return null;
  const fiveStars = rises.find(({ rating }) => rating === FIVE_STARS);
  if (fiveStars) return { cause: 'five_stars', key: `five_stars:${fiveStars.scoring_revision}`, facts, ...keptTerms(waits) };
  if (awaits_routing) return { cause: 'first_score', key: 'first_score', facts, mayWait: !isDue && facts.enrichment_pending === true };
  return isDue && waits?.for === 'window' ? { cause: 'window', key: `window:${waits.until}`, facts, ...keptTerms(waits) } : null;
}

/** What was wanted when a lead began to wait is wanted still when the rules run again, be it for people or in the queue. */
function keptTerms(waits: Waits | null): RoutingTerms {
  const { chosen, barred } = waits ?? {};
  return {
    ...(chosen === undefined ? {} : { pool: chosen }),
    ...(barred ? { barred: new Map(Object.entries(barred).map(([id, why]) => [Number(id), why])) } : {}),
  };
}

/** A lead that has its owner from the rules, and of which something changed that rules may count as a reason to look again. */
function changeCause(before: Assignment, after: Assignment, facts: Facts): RoutingCause | null {
  const changed = changesOf(before, after);
  if (changed.length === 0) return null;
  return { cause: 'change', key: `change:${after.intake_revision}:${after.scoring_revision}`, facts, changed };
}

const FIELDS_OF: Readonly<Record<Exclude<RerouteCause, 'hot'>, readonly string[]>> = {
  country: ['country'], region: ['state', 'postal_code'], industry: ['industry'], company_size: ['employees', 'annual_revenue'],
};

/** What changed of a lead, of that which rules may be asked again for; nothing of one that wasn't known before. */
function changesOf(before: Assignment, after: Assignment): RerouteCause[] {
  if (!before.facts || !after.facts || (before.facts === after.facts && before.score === after.score)) return [];
  const { facts: was } = before;
  const { facts: is } = after;
  const changed = (Object.keys(FIELDS_OF) as (keyof typeof FIELDS_OF)[]).filter((name) => FIELDS_OF[name].some((field) => (was[field] ?? null) !== (is[field] ?? null)));
  return isHot(after.score) && before.score !== null && !isHot(before.score) ? [...changed, 'hot'] : changed;
}

/** Rises have their effects once the lead can be routed, so that those to five find an owner to tell. */
export const dueRises = (assignment: Assignment, rises: readonly Rise[]): readonly Rise[] =>
  (assignment.primary_id === null && (assignment.converted || knownFacts(assignment)) ? rises : []);

/** The assignment after the rules have decided; `decision_id` comes from the store. */
export function afterRouting(
  assignment: Assignment, allocation: Allocation, { decisionId, now, terms = {} }: { decisionId: number; now: string; terms?: RoutingTerms },
): Assignment {
  const { picked, match, because } = allocation;
  const decided = { because: shortReason(because), decision_id: decisionId };
  if (!picked) return { ...decideOwn(assignment, decided), awaits_routing: false, waits: waitsAfter(assignment, allocation, { now, terms }) };
  const byRule = match.priority !== null && assignment.priority_by !== 'person';
  const owner = { id: picked.id, name: picked.name, email: picked.email, time_zone: picked.time_zone };
  return {
    ...decideOwn(assignment, { ...decided, owner, team: picked.team }),
    awaits_routing: false,
    waits: null,
    sla_policy: match.sla_policy,
    ...(byRule && match.priority ? { priority: match.priority, priority_by: 'rule' as const } : {}),
  };
}

/** For the hours of a pool's people, or for somebody who claims it. The wait for hours counts from its beginning. */
function waitsAfter(
  { waits }: Assignment, { match: { queue }, pool, waitsUntil }: Allocation, { now, terms: { pool: chosen, barred } }: { now: string; terms: RoutingTerms },
): Waits {
  const kept = { ...(chosen == null ? {} : { chosen }), ...(barred?.size ? { barred: Object.fromEntries(barred) } : {}) };
  if (waitsUntil && pool) return { for: 'window', pool, since: waits?.for === 'window' ? waits.since : now, until: waitsUntil, ...kept };
  return { for: 'queue', since: waits?.for === 'queue' ? waits.since : now, until: null, ...(queue === null ? {} : { queue }), ...kept };
}

/** Its first routing waits for what is on its way. */
export const waitForEnrichment = (assignment: Assignment, now: string, seconds: number): Assignment => (assignment.waits?.for === 'enrichment'
  ? assignment : { ...assignment, waits: { for: 'enrichment', since: now, until: new Date(Date.parse(now) + seconds * 1_000).toISOString() } });

/** Without rules nothing is decided: the lead goes on waiting for its routing. */
export const withoutRules = (assignment: Assignment): Assignment => decideOwn(assignment, { because: 'No routing rules yet' });

/** What follows from score and stars. Nothing does for a lead that is converted or merged. */
export function afterScore(assignment: Assignment, rises: readonly Rise[]): Assignment {
  if (isOver(assignment)) return assignment;
  const priority = assignment.priority_by === 'temperature' && assignment.score
    ? priorityByTemperature(assignment.score) : assignment.priority;
  const next_follow_up = rises.length > 0 ? todayOrEarlier(assignment, rises[0].now) : assignment.next_follow_up;
  return { ...assignment, priority, next_follow_up };
}

function todayOrEarlier({ owner, next_follow_up }: Assignment, now: string): string {
  const today = dateIn(owner?.time_zone ?? 'UTC', now);
  return next_follow_up !== null && next_follow_up < today ? next_follow_up : today;
}

/** Somebody who is told of leads that find nobody. */
export interface Manager {
  readonly tenant: string;
  readonly user_id: string;
  readonly email: string;
  /** when they are told, RFC 3339 */
  readonly now: string;
}

const ALERT_GOOD_FOR_DAYS = 1;

export const unassignedAlert = ({ tenant, lead_id, because, facts }: Assignment, { user_id, email, now }: Manager): NewEvent =>
  NotificationRequested.of(tenant, lead_id, {
    kind: 'leads_unassigned', to: email, data: { lead_id, company_name: facts?.company_name ?? null, because },
    dedupe_key: `leads_unassigned:${user_id}:${now.slice(0, 'yyyy-mm-ddThh:mm'.length)}`, expires_at: daysAfter(now, ALERT_GOOD_FOR_DAYS),
  }, { leadId: lead_id });

/** A mail to the owner for each rise to five stars; none without an owner's address, none for a lead that is converted or merged. */
export function fiveStarMails(assignment: Assignment, rises: readonly Rise[]): NewEvent[] {
  const { tenant, lead_id, owner, facts, score } = assignment;
  const to = owner?.email;
  if (isOver(assignment) || !owner || !to) return [];
  return rises.filter(({ rating }) => rating === FIVE_STARS).map(({ scoring_revision, at }) =>
    NotificationRequested.of(tenant, lead_id, {
      kind: 'five_star_lead',
      to,
      data: { lead_id, company_name: facts?.company_name ?? null, rating: FIVE_STARS, score, owner: { id: owner.id, name: owner.name } },
      dedupe_key: `five_star_lead:${lead_id}:${scoring_revision}`,
      expires_at: daysAfter(at, MAIL_GOOD_FOR_DAYS),
    }, { leadId: lead_id }));
}
