import type { SlaPolicy, SlaState } from '@headwater/contracts';
import type { LeadKey } from '../assignment';
import { OPEN_STATES, requireTransition } from './clock-states';
import { timesFrom, timeThatCounts, wholeTime, type KnownCalendar, type Left, type Times } from './settings';

export interface Step {
  /** milliseconds since 1970, as all moments of a clock */
  readonly at: number;
  readonly state: SlaState;
  readonly because: string;
}

/** How long a lead may wait for its first contact. A lead has one after the other: the newest is the one that counts. */
export interface Clock extends LeadKey {
  /** of the lead, counted from 1 */
  readonly number: number;
  /** qualification's: reopening a lead begins another one */
  readonly cycle: number;
  readonly state: SlaState;
  /** name */
  readonly policy: string;
  /** null: around the clock; 0: the office hours of a tenant without calendars */
  readonly calendar_id: number | null;
  readonly started_at: number;
  readonly opens_at: number;
  readonly warn_at: number;
  /** what it was, while it is paused */
  readonly due_at: number;
  readonly warned_at: number | null;
  readonly breached_at: number | null;
  readonly contacted_at: number | null;
  readonly ended_at: number | null;
  readonly paused_at: number | null;
  /** while it is paused */
  readonly left: Left | null;
  /** because nobody had called */
  readonly reassignments: number;
  /** the state it was in when its lead was merged, and its own times while an earlier one of a merged lead goes on in it */
  readonly own: Own | null;
  readonly steps: readonly Step[];
}

export interface Own { readonly state?: SlaState; readonly due_at?: number; readonly warn_at?: number }

const MOST_STEPS = 100;
export const CAPTURED = 'the lead was captured';

export const isOpen = ({ state }: Pick<Clock, 'state'>): boolean => OPEN_STATES.includes(state);

/** The next moment at which something happens to a clock by itself; null when nothing does. */
export function nextAt({ state, opens_at, warn_at, due_at, warned_at }: Clock): number | null {
  if (state === 'armed') return Math.min(opens_at, due_at);
  if (state !== 'running') return null;
  return warned_at === null ? Math.min(warn_at, due_at) : due_at;
}

/** What a clock is started with. */
export interface Start {
  readonly number: number;
  readonly cycle: number;
  readonly policy: SlaPolicy;
  readonly calendar: KnownCalendar | null;
  /** its time counts from here */
  readonly from: number;
  readonly now: number;
  readonly reassignments: number;
  readonly because: string;
}

export function startClock({ tenant, lead_id }: LeadKey, start: Start): Clock {
  const { number, cycle, policy, calendar, from, now, reassignments, because } = start;
  const times = timesFrom(calendar?.calendar ?? null, from, wholeTime(policy));
  const state = stateAt(times, now);
  return {
    tenant, lead_id, number, cycle, state, policy: policy.name, calendar_id: calendar && calendar.id, started_at: from, ...timesOf(times),
    warned_at: null, breached_at: null, contacted_at: null, ended_at: null, paused_at: null, left: null, reassignments, own: null,
    steps: [{ at: from, state, because }],
  };
}

/** The first step of a lead's first clock: as long as there is no other one, it isn't kept. */
export const captured = ({ started_at, opens_at }: Pick<Clock, 'started_at' | 'opens_at'>): Step =>
  ({ at: started_at, state: opens_at > started_at ? 'armed' : 'running', because: CAPTURED });

const stateAt = ({ opens }: Times, now: number): SlaState => (opens > now ? 'armed' : 'running');
const timesOf = ({ opens, warns, due }: Times) => ({ opens_at: opens, warn_at: warns, due_at: due });

/** @throws when the table of transitions has no such one */
export function move(clock: Clock, to: SlaState, at: number, because: string): Clock {
  requireTransition(clock.state, to);
  const over = to === 'met' || to === 'breached' || to === 'cancelled';
  return { ...clock, state: to, ended_at: over ? at : null, steps: noted(clock, { at, state: to, because }) };
}

/** The first step stays: it says when the clock began, whoever had it started again since. */
const noted = ({ steps: [first, ...others] }: Clock, step: Step): readonly Step[] => [...(first ? [first] : []), ...[...others, step].slice(1 - MOST_STEPS)];

/** When a clock began, whatever was started again meanwhile. */
export const beganAt = ({ started_at, steps }: Clock): number => Math.min(steps[0]?.at ?? started_at, started_at);

/** When each cycle of a lead began, as far as its clocks know: a contact since then is one of the cycle, whatever was started again meanwhile. */
export function beganBy(clocks: readonly Clock[]): ReadonlyMap<number, number> {
  const began = new Map<number, number>();
  for (const clock of clocks) began.set(clock.cycle, Math.min(began.get(clock.cycle) ?? Infinity, beganAt(clock)));
  return began;
}

/** What a clock does by itself, and what is told of it. */
export interface Fired {
  readonly clock: Clock;
  readonly told: 'warned' | 'breached' | null;
}

/** Everything whose time has come: a warning is left out when the time is over anyway. */
export function fire(clock: Clock, now: number): Fired {
  const { state, opens_at, warn_at, due_at, warned_at } = clock;
  if (state !== 'armed' && state !== 'running') return { clock, told: null };
  if (due_at <= now) return { clock: { ...move(clock, 'breached', due_at, 'no contact in time'), breached_at: due_at }, told: 'breached' };
  const running = state === 'armed' && opens_at <= now ? move(clock, 'running', opens_at, 'the hours that count have begun') : clock;
  if (running.state !== 'running' || warned_at !== null || warn_at > now) return { clock: running, told: null };
  return { clock: { ...running, warned_at: now }, told: 'warned' };
}

/** The lead became hotter: its time is over at the earlier of what it was and what the new policy says from now. */
export function pull(clock: Clock, policy: SlaPolicy, calendar: KnownCalendar | null, now: number): Clock {
  if (!isOpen(clock)) return clock;
  const because = `by the policy ${policy.name} from now on`;
  if (clock.left) {
    const { warn, due } = wholeTime(policy);
    if (clock.left.due <= due) return clock;
    return { ...clock, ...by(policy, calendar), left: { warn: Math.min(clock.left.warn, warn), due }, steps: noted(clock, { at: now, state: 'paused', because }) };
  }
  const times = timesFrom(calendar?.calendar ?? null, now, wholeTime(policy));
  if (times.due >= clock.due_at) return clock;
  const state = stateAt(times, now);
  return { ...clock, ...by(policy, calendar), ...timesOf(times), state, warned_at: null, own: null, steps: noted(clock, { at: now, state, because }) };
}

const by = (policy: SlaPolicy, calendar: KnownCalendar | null) => ({ policy: policy.name, calendar_id: calendar && calendar.id });

/**
 * The lead has its first owner, whose hours count from its start; or another one, who has the whole time again from now: when it is
 * paused, from when it is resumed.
 */
export function restart(clock: Clock, policy: SlaPolicy, calendar: KnownCalendar | null, { from, now, because }: { from: number; now: number; because: string }): Clock {
  if (!isOpen(clock)) return clock;
  if (clock.left) {
    return from < now ? clock
      : { ...clock, ...by(policy, calendar), left: wholeTime(policy), warned_at: null, own: null, steps: noted(clock, { at: now, state: 'paused', because }) };
  }
  const times = timesFrom(calendar?.calendar ?? null, from, wholeTime(policy));
  const state = stateAt(times, now);
  return {
    ...clock, ...by(policy, calendar), ...timesOf(times), state, started_at: from, warned_at: null, own: null,
    steps: noted(clock, { at: now, state, because }),
  };
}

/** @param clock that is armed or running, and whose time isn't over */
export function pause(clock: Clock, calendar: KnownCalendar | null, now: number, because: string): Clock {
  const counted = (to: number) => timeThatCounts(calendar?.calendar ?? null, now, to);
  return { ...move(clock, 'paused', now, because), paused_at: now, left: { warn: counted(clock.warn_at), due: counted(clock.due_at) } };
}

/** @param clock that is paused */
export function resume(clock: Clock, calendar: KnownCalendar | null, now: number, because: string): Clock {
  const times = timesFrom(calendar?.calendar ?? null, now, clock.left ?? { warn: 0, due: 0 });
  return { ...move(clock, stateAt(times, now), now, because), ...timesOf(times), paused_at: null, left: null };
}
