import { isTimeZone, zoneOffset } from './zone-offset';

const HOUR = 3_600_000;

it.each([
  ['UTC', '2026-07-01T00:00:00Z', 0], ['Europe/Berlin', '2026-01-01T00:00:00Z', 1], ['Europe/Berlin', '2026-03-29T00:59:59Z', 1], ['Europe/Berlin', '2026-03-29T01:00:00Z', 2],
  ['America/New_York', '2026-11-29T00:00:00Z', -5], ['Asia/Kolkata', '2026-11-29T00:00:00Z', 5.5], ['Pacific/Kiritimati', '2026-11-29T00:00:00Z', 14],
  ['America/New_York', '0001-01-01T00:00:00Z', -17_762 / 3_600],
])('%s at %s is ahead by %d hours', (zone, at, hours) => expect(zoneOffset(zone, Date.parse(at)) / HOUR).toBe(hours));

it.each([['Europe/Berlin', true], ['UTC', true], ['Europe/Nowhere', false], ['', false], ['Berlin', false]])('%s is a time zone: %s', (name, is) => expect(isTimeZone(name)).toBe(is));
