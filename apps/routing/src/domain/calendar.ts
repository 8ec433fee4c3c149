const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const ZONE = /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/;

/** Whether a text is a day that the calendar has: `2026-02-28` is, `2026-02-30` isn't. */
export function isCalendarDate(text: string): boolean {
  if (!DAY.test(text)) return false;
  const midnight = Date.parse(text);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().slice(0, 10) === text;
}

/** Whether a text names a time zone of the IANA database; an offset such as `+01:00` doesn't. */
export function isTimeZone(name: string): boolean {
  if (!ZONE.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false; // the only way to ask
  }
}

/** The day, `YYYY-MM-DD`, that it is in a time zone at a moment (RFC 3339). */
export function dateIn(timeZone: string, instant: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone, calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: '2-digit', day: '2-digit',
  }).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((found) => found.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** A moment some days (of 24 hours) later, RFC 3339 UTC. */
export const daysAfter = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * 24 * 60 * 60 * 1_000).toISOString();
