/** Calendar dates as `YYYY-MM-DD`, which compare as texts. */

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Whether the text is a date that exists: 2026-02-30 is none. */
export function isCalendarDate(text: string): boolean {
  const instant = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/** The date of an instant (RFC 3339) in a time zone (IANA name). */
export function dateIn(timeZone: string, instant: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone, calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: '2-digit', day: '2-digit',
  }).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The date so many days later. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
