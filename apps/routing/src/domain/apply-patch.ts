import { PRIORITIES, type FieldError, type Named, type RoutingPatch } from '@headwater/contracts';
import { priorityByTemperature, type Assignment } from './assignment';
import { isCalendarDate } from './calendar';
import type { Rep } from './choosing/eligibility';

/** What the ids of a patch stand for within the tenant; null where they stand for nothing. */
export interface Meant {
  readonly rep: Rep | null;
  readonly team: Named | null;
}

/** Every field of the patch that can't be taken. Only active reps can be given a lead; a cap doesn't bind a person. */
export function checkPatch({ owner_id, team_id, priority, next_follow_up }: RoutingPatch, { rep, team }: Meant): FieldError[] {
  const errors: FieldError[] = [];
  if (owner_id != null && !rep) errors.push({ field: 'owner_id', code: 'unknown_rep', detail: `There is no rep ${owner_id}` });
  if (rep && !rep.active) errors.push({ field: 'owner_id', code: 'inactive_rep', detail: `${rep.name} is not active` });
  if (team_id != null && !team) errors.push({ field: 'team_id', code: 'unknown_team', detail: `There is no team ${team_id}` });
  if (priority != null && !PRIORITIES.includes(priority)) {
    errors.push({ field: 'priority', code: 'unknown_value', detail: `priority must be one of ${PRIORITIES.join(', ')}` });
  }
  if (next_follow_up != null && !isCalendarDate(next_follow_up)) {
    errors.push({ field: 'next_follow_up', code: 'wrong_format', detail: `next_follow_up must be a day of the calendar, as YYYY-MM-DD` });
  }
  return errors;
}

/** The assignment as a person wants it, and a sentence about what that changed; null when it changed nothing. */
export interface PatchEffect {
  readonly next: Assignment;
  readonly because: string;
}

/**
 * Applies a patch that was checked. An owner brings their team along unless the patch names one; null takes what was set
 * back: the owner to the queue of the unassigned, the priority to that of the temperature.
 */
export function applyPatch(present: Assignment, patch: RoutingPatch, meant: Meant, actor: string): PatchEffect | null {
  const changes: string[] = [];
  let next = present;
  if (patch.owner_id !== undefined && (patch.owner_id ?? undefined) !== present.owner?.id) {
    next = withOwner(next, meant.rep);
    changes.push(meant.rep ? `assigned to ${meant.rep.name}` : 'put back into the queue of the unassigned');
  }
  if (patch.team_id !== undefined && (patch.team_id ?? undefined) !== next.team?.id) {
    next = { ...next, team: meant.team };
    changes.push(meant.team ? `given to the team ${meant.team.name}` : 'taken from its team');
  }
  const because = `${changes.join(', ')} by ${actor}`;
  if (changes.length > 0) next = { ...next, because };
  if (patch.priority !== undefined) {
    const priority = patch.priority ?? priorityByTemperature(present.score);
    if (priority !== present.priority) changes.push(`priority set to ${priority}`);
    next = { ...next, priority, priority_by: patch.priority ? 'person' : 'temperature' };
  }
  if (patch.next_follow_up !== undefined && patch.next_follow_up !== present.next_follow_up) {
    next = { ...next, next_follow_up: patch.next_follow_up };
    changes.push(patch.next_follow_up ? `next follow-up set to ${patch.next_follow_up}` : 'next follow-up taken back');
  }
  if (changes.length === 0 && next.priority_by === present.priority_by) return null;
  return { next, because: `${changes.length > 0 ? changes.join(', ') : `priority kept at ${next.priority}`} by ${actor}` };
}

const withOwner = (assignment: Assignment, rep: Rep | null): Assignment => ({
  ...assignment,
  owner: rep && { id: rep.id, name: rep.name, email: rep.email, time_zone: rep.time_zone },
  team: rep?.team ?? null,
  awaits_routing: false,
});
