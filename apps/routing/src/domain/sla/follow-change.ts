import { isOver, type Assignment, type Change } from '../assignment';
import { isHot } from '../rule-fields';
import { CAPTURED, isOpen, pull, restart, startClock, type Clock } from './clock';
import { policyOf } from './policies';
import { calendarFor, type SlaSettings } from './settings';
import { followStanding } from './standing';

/** Whether what has changed of a lead may concern its clock. Most changes of scores don't. */
export const concernsClock = ({ before, after }: Change): boolean =>
  (before.score !== null && !isHot(before.score) && isHot(after.score)) || before.owner?.id !== after.owner?.id
  || (!before.converted && after.converted !== null);

/** Whether a lead has its first score, and with it its first clock. */
export const startsClock = ({ before, after }: Change): boolean => before.score === null && after.score !== null && !isOver(after);

/** @param capturedAt milliseconds since 1970 @returns null when leads like this one have no clock */
export function firstClock(lead: Assignment, capturedAt: number, settings: SlaSettings): Clock | null {
  const policy = policyOf(settings.policies, lead, lead.sla_policy);
  // What is open when it starts runs from then on, and what isn't is armed: the sweep takes it from there.
  return policy && startClock(lead, {
    number: 1, cycle: 1, policy, calendar: calendarFor(settings, policy, lead), from: capturedAt, now: capturedAt, reassignments: 0,
    because: CAPTURED,
  });
}

/**
 * The newest clock of a lead after something of the lead has changed: converted, it is over; hotter, it is due earlier; with a first owner,
 * it goes by their hours; with another one, it starts again where the policy says so: one that breached is followed by another.
 * @returns the clock itself when nothing follows
 */
export function followChange(clock: Clock, { before, after }: Change, settings: SlaSettings, now: number): Clock {
  if (after.converted) return followStanding(clock, null, { converted: Date.parse(after.converted.converted_at) });
  if (!isOpen(clock)) return again(clock, { before, after }, settings, now) ?? clock;
  const policy = policyOf(settings.policies, after, after.sla_policy);
  // Rules may name a policy after the clock has started: they waited for something, or were asked again.
  const named = after.sla_policy !== before.sla_policy ? policy : null;
  const present = named ?? settings.policies.policies.find(({ name }) => name === clock.policy) ?? policy;
  const owned = before.owner?.id === after.owner?.id || !after.owner || !present ? clock : withOwner(clock, { before, after }, settings, now, present);
  const hotter = !isHot(before.score) && isHot(after.score);
  return hotter && policy ? pull(owned, policy, calendarFor(settings, policy, after), now) : owned;
}

function withOwner(clock: Clock, { before, after }: Change, settings: SlaSettings, now: number, policy: Parameters<typeof calendarFor>[1]): Clock {
  const calendar = calendarFor(settings, policy, after);
  if (!hadOwner(before)) {
    return (calendar && calendar.id) === clock.calendar_id && policy.name === clock.policy ? clock
      : restart(clock, policy, calendar, { from: clock.started_at, now, because: `by the hours of ${after.owner?.name}` });
  }
  if (!policy.rearm_on_reassignment) return clock;
  return restart(clock, policy, calendar, { from: now, now, because: `again from the start for ${after.owner?.name}${wasDue(clock)}` });
}

/** The clock of another owner after a breach that nobody's call came after. */
function again(clock: Clock, { before, after }: Change, settings: SlaSettings, now: number): Clock | null {
  if (clock.state !== 'breached' || clock.contacted_at !== null || isOver(after) || !after.owner || after.owner.id === before.owner?.id) return null;
  const policy = policyOf(settings.policies, after, after.sla_policy === before.sla_policy ? clock.policy : after.sla_policy);
  if (!policy?.rearm_on_reassignment || !hadOwner(before)) return null;
  return startClock(after, {
    number: clock.number + 1, cycle: clock.cycle, policy, calendar: calendarFor(settings, policy, after), from: now, now,
    reassignments: clock.reassignments, because: `again from the start for ${after.owner.name}`,
  });
}

/** Also one that was taken away from somebody, and lay in the queue since. */
const hadOwner = ({ owner, routed_at }: Assignment): boolean => owner !== null || routed_at !== null;

const wasDue = ({ left, due_at }: Clock): string => (left ? '' : `; it was due at ${new Date(due_at).toISOString()}`);
