import { DAY_MS, openingsOn } from './openings';
import type { WorkingCalendar } from './working-calendar';

/** A calendar that isn't open within this time counts as closed for good. */
const LONGEST_CLOSED_DAYS = 400;

const dayOf = (instant: number): number => Math.floor(instant / DAY_MS);

/** Whether a calendar is open at a moment. @param instant milliseconds since 1970 */
export const isOpen = (calendar: WorkingCalendar, instant: number): boolean =>
  openingsOn(calendar, dayOf(instant)).some(({ from, to }) => from <= instant && instant < to);

/**
 * The first moment, this one or a later one, at which a calendar is open.
 * @param instant milliseconds since 1970
 * @returns milliseconds since 1970; null when it is closed for the next 400 days
 */
export function nextOpening(calendar: WorkingCalendar, instant: number): number | null {
  const first = dayOf(instant);
  for (let day = first; day <= first + LONGEST_CLOSED_DAYS; day += 1) {
    const opening = openingsOn(calendar, day).find(({ to }) => instant < to);
    if (opening) return Math.max(instant, opening.from);
  }
  return null;
}

/**
 * The first moment at which so much time has passed within the openings of a calendar: 4 hours from Friday 15:00 are Monday 11:00.
 * @param instant milliseconds since 1970
 * @param duration milliseconds, 0 or more; without any it is the instant itself
 * @returns milliseconds since 1970; null when the calendar closes for good before that
 */
export function addWorkingTime(calendar: WorkingCalendar, instant: number, duration: number): number | null {
  let left = duration;
  let closed = 0;
  if (left <= 0) return instant;
  for (let day = dayOf(instant); closed <= LONGEST_CLOSED_DAYS; day += 1, closed += 1) {
    for (const { from, to } of openingsOn(calendar, day)) {
      const begin = Math.max(from, instant);
      if (begin >= to) continue;
      if (to - begin >= left) return begin + left;
      left -= to - begin;
      closed = 0;
    }
  }
  return null;
}

/**
 * How much time passes within the openings of a calendar from one moment to another; takes time by the days between them.
 * @param from milliseconds since 1970
 * @param to milliseconds since 1970
 * @returns milliseconds; 0 when the second moment isn't after the first
 */
export function workingTimeBetween(calendar: WorkingCalendar, from: number, to: number): number {
  let passed = 0;
  for (let day = dayOf(from); day * DAY_MS < to; day += 1) {
    for (const opening of openingsOn(calendar, day)) {
      passed += Math.max(0, Math.min(to, opening.to) - Math.max(from, opening.from));
    }
  }
  return passed;
}
