import { isOver, type Assignment } from '../assignment';
import { startClock, type Clock } from './clock';
import { policyOf } from './policies';
import { calendarFor, type SlaSettings } from './settings';
import { beginsAgain, followStanding, type Return, type Standing } from './standing';

/**
 * The clock of a lead that is open again, or back from the nurtured by itself, as what is known of the lead has it by now.
 * @param newest of its clocks
 * @param returns that are heard of now; all that are known when absent
 * @param now milliseconds since 1970; absent: the moment it starts at, the sweep takes it from there
 * @returns null when it has that clock or needs none, and for a lead that is converted or part of another one
 */
export function anotherClock(
  newest: Clock, standing: Standing, lead: Assignment, settings: SlaSettings, { returns, now }: { returns?: readonly Return[]; now?: number } = {},
): Clock | null {
  const again = beginsAgain(newest, standing, returns);
  const policy = again && !isOver(lead) ? policyOf(settings.policies, lead, lead.sla_policy) : null;
  if (!again || !policy) return null;
  const clock = startClock(lead, {
    number: newest.number + 1, cycle: standing.cycle, policy, calendar: calendarFor(settings, policy, lead), now: now ?? again.from, reassignments: 0, ...again,
  });
  return followStanding(clock, standing);
}
