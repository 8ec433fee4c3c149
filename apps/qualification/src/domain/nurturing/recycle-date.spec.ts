import { refusal } from '../../../test/lead-in';
import { recycleAt } from './recycle-date';

const NOW = '2026-03-08T03:30:00.000Z'; // 7 March in New York, where the clocks change on the 8th

it.each([
  ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
  ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
  ['2026-03-09', 'Europe/Berlin', '2026-03-08T23:00:00.000Z'],
  ['2031-03-08', 'UTC', '2031-03-08T00:00:00.000Z'],
])('%s begins in %s at %s', (date, zone, at) => expect(recycleAt(date, zone, NOW)).toBe(at));

it.each([
  ['2026-03-08', 'UTC', 'date_in_past'], ['2026-03-07', 'America/New_York', 'date_in_past'], ['1999-01-01', 'UTC', 'date_in_past'],
  ['2031-03-09', 'UTC', 'date_too_far'], ['2036-03-08', 'UTC', 'date_too_far'], ['2026-02-30', 'UTC', 'wrong_format'],
])('%s in %s is refused: %s', (date, zone, code) => {
  expect(refusal(() => recycleAt(date, zone, NOW))).toMatchObject({ field: 'recycle_date' });
  expect(() => recycleAt(date, zone, NOW)).toThrow(expect.objectContaining({ body: expect.objectContaining({ errors: [expect.objectContaining({ code })] }) }));
});
