const formats = new Map<string, Intl.DateTimeFormat>();
const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** @param timeZone IANA name */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, known);
  return known;
}

/** By how many milliseconds the clocks of a time zone are ahead of UTC at a moment. @param at milliseconds of the epoch */
export function zoneOffset(timeZone: string, at: number): number {
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = OFFSET.exec(formatIn(timeZone).format(at))!;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * (sign === '-' ? -1_000 : 1_000);
}

export function isTimeZone(name: string): boolean {
  try {
    zoneOffset(name, 0);
    return true;
  } catch {
    return false; // what is thrown says just that
  }
}
