import type { SlaPolicies, SlaPolicy } from '@headwater/contracts';
import type { Assignment } from '../assignment';
import { addWorkingTime, nextOpening, workingTimeBetween, type WorkingCalendar } from '../calendars';
import { targetMs, warnAfterMs } from './policies';

export interface KnownCalendar {
  readonly id: number;
  readonly name: string;
  readonly calendar: WorkingCalendar;
  /** of the leads that go by it, where a policy goes by the lead; ISO 3166-1 */
  readonly countries: readonly string[];
}

/** What a tenant's clocks go by, made ready once for all of its leads. */
export interface SlaSettings {
  /** moves when something here does */
  readonly version: number;
  readonly policies: SlaPolicies;
  readonly calendars: ReadonlyMap<number, KnownCalendar>;
  /** of whoever has none of their own */
  readonly usual: KnownCalendar;
  /** ids of calendars */
  readonly ofRep: ReadonlyMap<number, number>;
  readonly ofTeam: ReadonlyMap<number, number>;
}

/** Whose lead it is: what a policy may ask. */
export type Whose = Pick<Assignment, 'owner' | 'team' | 'facts'>;

/** The hours that count for a lead; null: all of them. */
export function calendarFor(settings: SlaSettings, { calendar, calendar_id }: SlaPolicy, { owner, team, facts }: Whose): KnownCalendar | null {
  const { calendars, usual, ofRep, ofTeam } = settings;
  const known = (id: number | null | undefined) => (id == null ? undefined : calendars.get(id));
  const teams = known(team && ofTeam.get(team.id));
  switch (calendar) {
    case 'around_the_clock': return null;
    case 'owner': return known(owner && ofRep.get(owner.id)) ?? teams ?? usual;
    case 'team': return teams ?? usual;
    case 'lead': return [...calendars.values()].find(({ countries }) => countries.includes(String(facts?.country))) ?? usual;
    case 'fixed': return known(calendar_id) ?? usual;
    default: return usual;
  }
}

/** When something of a clock falls due; moments in milliseconds since 1970. */
export interface Times {
  /** its time begins to count */
  readonly opens: number;
  readonly warns: number;
  readonly due: number;
}

/** A calendar that closes for good would never be due: its time counts around the clock then. */
const later = (calendar: WorkingCalendar | null, from: number, ms: number): number =>
  (calendar && addWorkingTime(calendar, from, ms)) ?? from + ms;

/** What is left of a clock's time, in milliseconds. */
export interface Left {
  readonly warn: number;
  readonly due: number;
}

export const wholeTime = (policy: SlaPolicy): Left => ({ warn: warnAfterMs(policy), due: targetMs(policy) });

/** @param calendar null: around the clock; @param from milliseconds since 1970 */
export function timesFrom(calendar: WorkingCalendar | null, from: number, { warn, due }: Left): Times {
  return {
    opens: (calendar && nextOpening(calendar, from)) ?? from, warns: later(calendar, from, Math.max(0, warn)),
    due: later(calendar, from, Math.max(0, due)),
  };
}

/** How much time that counts passes between two moments, in milliseconds. */
export const timeThatCounts = (calendar: WorkingCalendar | null, from: number, to: number): number =>
  (calendar ? workingTimeBetween(calendar, from, to) : Math.max(0, to - from));
