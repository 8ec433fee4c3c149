import {
  LeadRouted, LeadUnassigned, type ConvertedInto, type LeadRoutedData, type Named, type NewEvent, type Priority, type RoutingState,
} from '@headwater/contracts';
import { isHot, type LeadFacts, type ScoreFacts } from './rule-fields';

/** Who decided the priority; only that of the temperature moves by itself. */
export type PriorityBy = 'temperature' | 'rule' | 'person';

export interface LeadKey {
  readonly tenant: string;
  readonly lead_id: number;
}

/** A key as text, for maps. */
export const keyOf = ({ tenant, lead_id }: LeadKey): string => `${tenant} ${lead_id}`;

export type Owner = Named & { email: string | null; time_zone: string };

/** Everything that this service keeps of a lead. Before anything is decided it has the epoch's first revision and no owner. */
export interface Assignment extends LeadKey {
  readonly revision: number;
  /** intake's, of the facts; 0 before any */
  readonly intake_revision: number;
  /** null until intake's snapshot was seen */
  readonly facts: LeadFacts | null;
  /** scoring's, of the score; 0 before any */
  readonly scoring_revision: number;
  /** null until it was scored */
  readonly score: ScoreFacts | null;
  readonly owner: Owner | null;
  readonly team: Named | null;
  readonly priority: Priority;
  readonly priority_by: PriorityBy;
  /** YYYY-MM-DD */
  readonly next_follow_up: string | null;
  readonly because: string | null;
  readonly decision_id: number | null;
  /** neither the rules nor a person have decided about an owner yet */
  readonly awaits_routing: boolean;
  readonly converted: ConvertedInto | null;
  /** without an owner, while something is waited for; null while nothing is */
  readonly waits: Waits | null;
  /** the SLA policy that the rule names which gave it its owner */
  readonly sla_policy: string | null;
  /** when it got its owner, RFC 3339; written by the store */
  readonly routed_at: string | null;
  /** what was decided about the lead itself, while leads are merged into it; null while none are */
  readonly own: OwnAssignment | null;
  /** the lead that it belongs to since a merge; not part of its row */
  readonly primary_id: number | null;
}

/** What a lead without an owner waits for: that more is known of it, that somebody of a pool is at work again, that somebody claims it. */
export interface Waits {
  readonly for: 'enrichment' | 'window' | 'queue';
  /** RFC 3339 */
  readonly since: string;
  /** when it is looked at again, RFC 3339; null: when somebody claims it */
  readonly until: string | null;
  /** the pool whose people are waited for */
  readonly pool?: string;
  /** the pool that a person chose instead of the rules: it is its turn whenever the rules run again, too */
  readonly chosen?: string;
  /** who may not get it then either: why, by their ids */
  readonly barred?: Readonly<Record<number, string>>;
  /** the queue that a rule names; absent: that of the unassigned */
  readonly queue?: string;
}

export type OwnAssignment = Pick<Assignment, 'owner' | 'team' | 'because' | 'decision_id'>;

/** Nothing is done about it any more, and nobody told: it is converted, or part of another lead. */
export const isOver = ({ converted, primary_id }: Pick<Assignment, 'converted' | 'primary_id'>): boolean =>
  converted !== null || primary_id !== null;

/** What is stored of a lead, and what shall be: the same object when nothing changes. */
export interface Change {
  readonly before: Assignment;
  readonly after: Assignment;
}

/** What is known of a lead before anybody told of it. @param base of the revisions of the present epoch */
export const unheardOf = ({ tenant, lead_id }: LeadKey, base = 0): Assignment => ({
  tenant, lead_id, revision: base + 1, intake_revision: 0, facts: null, scoring_revision: 0, score: null, owner: null, team: null,
  priority: 'normal', priority_by: 'temperature', next_follow_up: null, because: null, decision_id: null, awaits_routing: true,
  converted: null, waits: null, sla_policy: null, routed_at: null, own: null, primary_id: null,
});

const LONGEST_REASON = 500;

/** A reason as it fits into an event, without half of a surrogate pair. */
export const shortReason = (because: string): string => (because.length <= LONGEST_REASON
  ? because : `${because.slice(0, LONGEST_REASON - 1).replace(/[\ud800-\udbff]$/, '')}…`);

export const routingState = ({
  lead_id, revision, owner, team, priority, next_follow_up, because, decision_id,
}: Assignment): RoutingState => ({
  lead_id, revision, owner: owner && { id: owner.id, name: owner.name }, team, priority, next_follow_up, because, decision_id,
});

/** The event that tells of an assignment's new state. */
export function announcement(assignment: Assignment, cause: LeadRoutedData['cause']): NewEvent {
  const { tenant, owner, because } = assignment;
  const state = routingState(assignment);
  return (owner
    ? LeadRouted.ofLead(tenant, state, { assignment: state, cause, ...(assignment.sla_policy ? { sla_policy: assignment.sla_policy } : {}) })
    : LeadUnassigned.ofLead(tenant, state, { assignment: state, because: because ?? 'Not routed yet' }));
}

/** The priority by temperature alone: a hot lead is urgent, a warm one high. */
export function priorityByTemperature(score: ScoreFacts | null): Priority {
  if (!score) return 'normal';
  if (isHot(score)) return 'urgent';
  return score.temperature === 'warm' ? 'high' : 'normal';
}

/**
 * Whether of a lead that had a score before nothing but that is another one: of those that have their owner it is nearly always so. A lead with a score
 * has its row: the first one is written with it.
 */
export const isOnlyScored = ({ before, after }: Change): boolean => before.scoring_revision > 0 && after.score !== null
  && (Object.keys(after) as (keyof Assignment)[]).every((name) => name === 'score' || name === 'scoring_revision' || after[name] === before[name]);

/** Whether two states differ in what is told to others or stored as decided. */
export const differs = (left: Assignment, right: Assignment): boolean =>
  left.owner?.id !== right.owner?.id || left.team?.id !== right.team?.id || left.priority !== right.priority
  || left.priority_by !== right.priority_by || left.next_follow_up !== right.next_follow_up || left.because !== right.because
  || left.decision_id !== right.decision_id || left.awaits_routing !== right.awaits_routing;
