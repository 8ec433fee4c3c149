import DateHolidays from 'date-holidays';
import type { Holidays } from './working-calendar';

const NOON_MS = 12 * 60 * 60 * 1_000;
const DAY_MS = 2 * NOON_MS;

/** Of every country and region that has one, its days off: not those of banks, schools or on which most people work. */
const PUBLIC = { types: ['public' as const], timezone: 'UTC' };

/** Whether the public holidays of a country are known. @param country ISO 3166-1 alpha-2 */
export const isCountry = (country: string): boolean => country in new DateHolidays().getCountries();

/** Names of a country's regions with holidays of their own, as ISO 3166-2 has them. */
export const regionsOf = (country: string): string[] => Object.keys(new DateHolidays().getStates(country) ?? {});

/**
 * The days that are closed because of holidays, by year: `YYYY-MM-DD`. A holiday is the day whose noon it covers, as some begin at the
 * sunset before.
 */
export function holidaysByYear({ country, region, dates = [] }: Holidays): (year: number) => ReadonlySet<string> {
  const known = country ? (region ? new DateHolidays(country, region, PUBLIC) : new DateHolidays(country, PUBLIC)) : null;
  const years = new Map<number, ReadonlySet<string>>();
  return (year) => {
    const found = years.get(year);
    if (found) return found;
    const days = (known?.getHolidays(year) ?? []).flatMap(({ start, end }) => daysOf(start.getTime(), end.getTime()));
    const all = new Set([...dates, ...days]);
    years.set(year, all);
    return all;
  };
}

function daysOf(from: number, to: number): string[] {
  const days: string[] = [];
  for (let noon = Math.ceil((from - NOON_MS) / DAY_MS) * DAY_MS + NOON_MS; noon < to; noon += DAY_MS) {
    days.push(new Date(noon).toISOString().slice(0, 10));
  }
  return days;
}
