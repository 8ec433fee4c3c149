import type { SlaClockView } from '@headwater/contracts';
import type { Clock } from './clock';
import type { SlaSettings } from './settings';

const instant = (moment: number | null): string | null => (moment === null ? null : new Date(moment).toISOString());

/** A clock as others see it. */
export function clockView(clock: Clock, { calendars, usual }: Pick<SlaSettings, 'calendars' | 'usual'>): SlaClockView {
  const { number, state, policy, calendar_id, started_at, due_at, warned_at, breached_at, contacted_at, paused_at, left, reassignments, steps } = clock;
  return {
    number, state, policy, calendar: calendar_id === null ? null : (calendars.get(calendar_id) ?? usual).name,
    started_at: new Date(started_at).toISOString(), due_at: left ? null : instant(due_at), warned_at: instant(warned_at),
    breached_at: instant(breached_at), contacted_at: instant(contacted_at), paused_at: instant(paused_at),
    remaining_seconds: left && Math.ceil(left.due / 1_000), reassignments,
    steps: steps.map(({ at, state: entered, because }) => ({ at: new Date(at).toISOString(), state: entered, because })),
  };
}
