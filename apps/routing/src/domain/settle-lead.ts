import { NotificationRequested, type NewEvent } from '@headwater/contracts';
import type { Facts } from '@headwater/rules';
import type { Allocation } from './allocate';
import { isOver, priorityByTemperature, shortReason, type Assignment } from './assignment';
import { dateIn, daysAfter } from './calendar';
import { decideOwn } from './merged-owner';

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

export const FIVE_STARS = 5;
export const STARS_WITH_EFFECT = 4;
const MAIL_GOOD_FOR_DAYS = 7;

/** What makes the rules run for a lead; the key makes it one decision. */
export interface RoutingCause {
  readonly cause: 'first_score' | 'five_stars' | 'reassignment' | 'sla_breach';
  readonly key: string;
  /** that rules are evaluated over */
  readonly facts: Facts;
}

/** The facts that rules are evaluated over; null while some of them are unknown. */
export const knownFacts = ({ facts, score }: Assignment): Facts | null => (facts && score ? { ...facts, score } : null);

/** Why a lead is routed now, by what is stored of it, whatever event came last; null when it isn't. */
export function routingCause(assignment: Assignment, rises: readonly Rise[]): RoutingCause | null {
  const facts = knownFacts(assignment);
  const { owner, own, awaits_routing } = assignment;
  // An owner by a merge is one, too, but the rules have their say about the lead itself once.
  if (isOver(assignment) || !facts || (own ? own.owner : owner) || (owner && !awaits_routing)) return null;
  const fiveStars = rises.find(({ rating }) => rating === FIVE_STARS);
  if (fiveStars) return { cause: 'five_stars', key: `five_stars:${fiveStars.scoring_revision}`, facts };
  return awaits_routing ? { cause: 'first_score', key: 'first_score', facts } : null;
}

/** Rises have their effects once the lead can be routed, so that those to five find an owner to tell. */
export const dueRises = (assignment: Assignment, rises: readonly Rise[]): readonly Rise[] =>
  (assignment.primary_id === null && (assignment.converted || knownFacts(assignment)) ? rises : []);

/** The assignment after the rules have decided; `decision_id` comes from the store. */
export function afterRouting(assignment: Assignment, { picked, match, because }: Allocation, decisionId: number): Assignment {
  const decided = { because: shortReason(because), decision_id: decisionId };
  if (!picked) return { ...decideOwn(assignment, decided), awaits_routing: false };
  const byRule = match.priority !== null && assignment.priority_by !== 'person';
  const owner = { id: picked.id, name: picked.name, email: picked.email, time_zone: picked.time_zone };
  return {
    ...decideOwn(assignment, { ...decided, owner, team: picked.team }),
    awaits_routing: false,
    sla_policy: match.sla_policy,
    ...(byRule && match.priority ? { priority: match.priority, priority_by: 'rule' as const } : {}),
  };
}

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
