import type { LeadsPerWindow } from '@headwater/contracts';
import type { Facts } from '@headwater/rules';
import { dateIn } from '../calendar';
import { isOpen, nextOpening, type WorkingCalendar } from '../calendars';
import { WINDOWS, type Away, type LeadWindow, type Rep, type WindowName } from '../choosing/eligibility';
import type { Territory } from '../territories/territory';
import { TerritoryIndex } from '../territories/territory-index';

/** What is known of a rep besides what routing reads anyway. */
export interface Person {
  readonly id: number;
  /** IANA name */
  readonly time_zone: string;
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly max_per_window: LeadsPerWindow;
  /** their own working hours, else those of their team; null: always at work */
  readonly calendar: WorkingCalendar | null;
  /** not over yet, in the order of their beginnings; RFC 3339 */
  readonly leave: readonly { readonly from: string; readonly until: string }[];
}

/** A window of a rep that is open now. */
export interface OpenWindow {
  readonly rep_id: number;
  readonly per: WindowName;
  /** names the hour, day, week or month, in the rep's own time zone */
  readonly began: string;
}

/** People and places of a tenant, at one version: who is there at a moment, and where a lead belongs. */
export class Directory {
  private readonly people: ReadonlyMap<number, Person>;
  private readonly territories: TerritoryIndex | null;
  /** whether somebody may only get so many leads in a time */
  readonly countsWindows: boolean;

  /** @param people those of whom anything is known; @param territories active ones */
  constructor(readonly version: number, people: readonly Person[], territories: readonly Territory[]) {
    this.people = new Map(people.map((person) => [person.id, person]));
    this.territories = territories.length > 0 ? new TerritoryIndex(territories) : null;
    this.countsWindows = people.some(({ max_per_window }) => Object.keys(max_per_window).length > 0);
  }

  get knowsPeople(): boolean {
    return this.people.size > 0;
  }

  private get hasTerritories(): boolean {
    return this.territories !== null;
  }

  /** The facts of a lead, with its territory; without territories the facts themselves. */
  placed(facts: Facts): Facts {
    return this.territories ? { ...facts, territory: this.territories.find(facts) } : facts;
  }

  /** Whether a lead that was placed by the other one may belong elsewhere. */
  placesOtherwise(than: Directory): boolean {
    return this.version !== than.version && (this.hasTerritories || than.hasTerritories);
  }

  /** The windows in which leads are counted for a rep. @param now RFC 3339 */
  windowsOf(rep_id: number, now: string): OpenWindow[] {
    const person = this.people.get(rep_id);
    if (!person) return [];
    return WINDOWS.filter((per) => person.max_per_window[per] != null).map((per) => ({ rep_id, per, began: windowAt(per, person.time_zone, now) }));
  }

  /** A rep as they are at a moment. @param taken how many leads they got in a window that is open now */
  at(rep: Rep, now: string, taken: (window: OpenWindow) => number): Rep {
    const person = this.people.get(rep.id);
    if (!person) return rep;
    const windows = this.windowsOf(rep.id, now).map((window): LeadWindow =>
      ({ per: window.per, most: person.max_per_window[window.per] ?? 0, taken: taken(window) }));
    const { skills, languages } = person;
    return { ...rep, skills, languages, ...(windows.length > 0 ? { windows } : {}), away: awayAt(person, Date.parse(now)) };
  }
}

/** Nothing in particular is known of anybody. */
export const EMPTY_DIRECTORY = new Directory(0, [], []);

/** Leave goes before working hours: somebody who comes back at night is at work in the morning, and so it is said then. */
function awayAt({ leave, calendar }: Person, now: number): Away | null {
  const gone = leave.find(({ from, until }) => Date.parse(from) <= now && now < Date.parse(until));
  if (gone) return { why: 'leave', until: new Date(lastDayOf(leave, gone.until)).toISOString() };
  if (!calendar || isOpen(calendar, now)) return null;
  const opens = nextOpening(calendar, now);
  return { why: 'hours', until: opens === null ? null : new Date(opens).toISOString() };
}

/** Leave that begins before the one before it has ended goes on with it. */
const lastDayOf = (leave: Person['leave'], until: string): string => leave.reduce((end, next) =>
  (Date.parse(next.from) <= Date.parse(end) && Date.parse(next.until) > Date.parse(end) ? next.until : end), until);

const DAY_MS = 24 * 60 * 60 * 1_000;
const HOUR = 'YYYY-MM-DDTHH'.length;
const MONTH = 'YYYY-MM'.length;

/** Names the hour (of UTC), the day, the week (by its Monday) or the month that a moment lies in. */
export function windowAt(per: WindowName, timeZone: string, now: string): string {
  if (per === 'hour') return new Date(now).toISOString().slice(0, HOUR);
  const day = dateIn(timeZone, now);
  if (per === 'day') return day;
  if (per === 'month') return day.slice(0, MONTH);
  const midnight = Date.parse(day);
  const sinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  return new Date(midnight - sinceMonday * DAY_MS).toISOString().slice(0, day.length);
}
