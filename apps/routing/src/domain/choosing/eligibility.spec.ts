import { repOf } from '../../../test/reps';
import { exclusionOf, withLeads } from './eligibility';

const UNTIL = '2026-03-02T08:00:00.000Z';

test.each([
  [{}, null],
  [{ active: false }, 'inactive'],
  [{ away: { why: 'leave', until: UNTIL } }, `on leave until ${UNTIL}`],
  [{ away: { why: 'leave', until: null } }, 'on leave'],
  [{ away: { why: 'hours', until: UNTIL } }, `outside working hours until ${UNTIL}`],
  [{ open_leads: 5, max_open_leads: 5 }, 'at the cap (5 of 5 open leads)'],
  [{ open_leads: 4, max_open_leads: 5 }, null],
  [{ windows: [{ per: 'hour', most: 9, taken: 2 }, { per: 'day', most: 20, taken: 20 }] }, 'at the cap (20 of 20 leads per day)'],
  [{ windows: [{ per: 'day', most: 0, taken: 0 }] }, 'at the cap (0 of 0 leads per day)'],
] as const)('%j: %s', (more, why) => expect(exclusionOf(repOf(1, more))).toBe(why));

test('who is at work in time counts as there, who is on leave doesn\'t', () => {
  const [off, leave] = (['hours', 'leave'] as const).map((why) => repOf(1, { away: { why, until: UNTIL } }));
  expect(exclusionOf(off, { waitUntil: UNTIL })).toBeNull();
  expect(exclusionOf(off, { waitUntil: '2026-03-02T07:59:59.000Z' })).toMatch(/^outside working hours/);
  expect(exclusionOf(leave, { waitUntil: UNTIL })).toMatch(/^on leave/);
});

test('who may not get this lead is told so', () => {
  expect(exclusionOf(repOf(1), { barred: new Map([[1, 'owned it before']]) })).toBe('owned it before');
  expect(exclusionOf(repOf(2), { barred: new Map([[1, 'owned it before']]) })).toBeNull();
});

test('leads that somebody gets count for their open ones and for each window', () => {
  const after = withLeads(repOf(1, { open_leads: 3, windows: [{ per: 'day', most: 9, taken: 1 }] }), 2);
  expect(after).toMatchObject({ open_leads: 5, windows: [{ per: 'day', taken: 3 }] });
});
