import { dateIn, daysAfter, isCalendarDate, isTimeZone } from './calendar';

test.each(['2026-02-28', '2028-02-29', '2026-12-31'])('%s is a day', (day) => expect(isCalendarDate(day)).toBe(true));

test.each(['2026-02-30', '2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', 'tomorrow', '2026-01-01T00:00:00Z', ''])(
  '%j is no day', (day) => expect(isCalendarDate(day)).toBe(false));

test.each(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+3'])('%s is a zone', (zone) =>
  expect(isTimeZone(zone)).toBe(true));

test.each(['Europe/Nowhere', '+01:00', '', 'Berlin', 'Europe/Berlin ', 'Europe'])('%j is no zone', (zone) =>
  expect(isTimeZone(zone)).toBe(false));

test('the day differs by zone at the same moment', () => {
  const moment = '2026-11-22T03:30:00.000Z';
  expect(dateIn('America/New_York', moment)).toBe('2026-11-21');
  expect(dateIn('UTC', moment)).toBe('2026-11-22');
  expect(dateIn('Asia/Tokyo', '2026-12-31T15:00:00.000Z')).toBe('2027-01-01');
});

test('days are added in units of 24 hours', () => {
  expect(daysAfter('2026-11-28T10:00:00.000Z', 7)).toBe('2026-12-05T10:00:00.000Z');
});
