const formats = new Map<string, Intl.DateTimeFormat>();
const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

const formatOf = (timeZone: string): Intl.DateTimeFormat => new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });

/** @param timeZone IANA name, of a model: what is only asked about is not kept */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone) ?? formatOf(timeZone);
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
    formatOf(name);
    return true;
  } catch {
    return false; // what is thrown says just that
  }
}
