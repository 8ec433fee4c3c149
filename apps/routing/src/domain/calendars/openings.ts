import { IANAZone } from 'luxon';
import { holidaysByYear } from './public-holidays';
import { minutesOf, WEEKDAYS, type LocalInterval, type WorkingCalendar } from './working-calendar';

export const DAY_MS = 24 * 60 * 60 * 1_000;
const MINUTE_MS = 60 * 1_000;
const SECOND_MS = 1_000;
/** Days that are remembered of one calendar. */
const MOST_DAYS = 1_000;
/** The first day of 1970 was a Thursday. */
const THURSDAY = 3;

/** From a moment, in milliseconds since 1970, up to another. */
export interface Opening {
  readonly from: number;
  readonly to: number;
}

interface Prepared {
  readonly zone: IANAZone;
  /** from and to in milliseconds since midnight */
  readonly week: readonly (readonly Opening[])[];
  readonly exceptions: ReadonlyMap<string, readonly Opening[]>;
  readonly holidays: ((year: number) => ReadonlySet<string>) | null;
  /** by days of UTC since 1970 */
  readonly days: Map<number, readonly Opening[]>;
}

const prepared = new WeakMap<WorkingCalendar, Prepared>();

/**
 * When a calendar is open within a day of UTC, in order and without overlap; what reaches beyond the day is cut there, as a day of UTC
 * is always 24 hours and a local one isn't.
 * @param day of UTC, counted from 1970-01-01
 */
export function openingsOn(calendar: WorkingCalendar, day: number): readonly Opening[] {
  const known = prepared.get(calendar) ?? prepare(calendar);
  const found = known.days.get(day);
  if (found) return found;
  if (known.days.size >= MOST_DAYS) known.days.clear();
  const from = day * DAY_MS;
  const openings = spans(known.zone, from, from + DAY_MS).flatMap((span) => openingsWithin(known, span));
  known.days.set(day, openings);
  return openings;
}

function prepare(calendar: WorkingCalendar): Prepared {
  const { time_zone, weekly, holidays, exceptions = [] } = calendar;
  const made: Prepared = {
    zone: IANAZone.create(time_zone),
    week: WEEKDAYS.map((weekday) => inOrder(weekly[weekday] ?? [])),
    exceptions: new Map(exceptions.map(({ date, intervals }) => [date, inOrder(intervals)])),
    holidays: holidays ? holidaysByYear(holidays) : null,
    days: new Map(),
  };
  prepared.set(calendar, made);
  return made;
}

const inOrder = (intervals: readonly LocalInterval[]): Opening[] => intervals
  .map(({ from, to }) => ({ from: (minutesOf(from) ?? 0) * MINUTE_MS, to: (minutesOf(to) ?? 0) * MINUTE_MS }))
  .sort((a, b) => a.from - b.from);

/** A stretch of time in which local clocks are ahead of UTC by the same. */
interface Span extends Opening {
  readonly offset: number;
}

const offsetAt = (zone: IANAZone, moment: number): number => Math.round(zone.offset(moment) * MINUTE_MS);

/** Halves the time until no clock changes within a part: clocks change at whole seconds. */
function spans(zone: IANAZone, from: number, to: number, first = offsetAt(zone, from), last = offsetAt(zone, to)): Span[] {
  if (first === last || to - from <= SECOND_MS) return [{ from, to, offset: first }];
  const middle = Math.floor((from + to) / 2 / SECOND_MS) * SECOND_MS;
  const offset = offsetAt(zone, middle);
  return [...spans(zone, from, middle, first, offset), ...spans(zone, middle, to, offset, last)];
}

function openingsWithin(known: Prepared, { from, to, offset }: Span): Opening[] {
  const openings: Opening[] = [];
  for (let day = Math.floor((from + offset) / DAY_MS); day * DAY_MS < to + offset; day += 1) {
    const midnight = day * DAY_MS - offset;
    for (const interval of planOf(known, day)) {
      const opening = { from: Math.max(from, midnight + interval.from), to: Math.min(to, midnight + interval.to) };
      if (opening.from < opening.to) openings.push(opening);
    }
  }
  return openings;
}

/** @param day of the local calendar, counted from 1970-01-01 */
function planOf({ week, exceptions, holidays }: Prepared, day: number): readonly Opening[] {
  const weekday = week[(((day + THURSDAY) % 7) + 7) % 7];
  if (exceptions.size === 0 && !holidays) return weekday;
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const exception = exceptions.get(date);
  if (exception) return exception;
  return holidays?.(Number(date.slice(0, 4))).has(date) ? [] : weekday;
}
