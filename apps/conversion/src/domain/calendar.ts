/** Calendar dates as `YYYY-MM-DD`, which compare as texts. */

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Whether the text is a date that exists: 2026-02-30 is none. */
export function isCalendarDate(text: string): boolean {
  const instant = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/** Making one costs a hundred times what it does; there are no more than there are time zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone, calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: '2-digit', day: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}

/** The date of an instant (RFC 3339) in a time zone (IANA name). */
export function dateIn(timeZone: string, instant: string): string {
  const parts = formatIn(timeZone).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The date so many days later. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
