import { unheardOf, type Assignment } from '../assignment';
import { officeHours } from '../calendars';
import { fire, pause } from './clock';
import { concernsClock, firstClock, followChange, startsClock } from './follow-change';
import { DEFAULT_POLICIES } from './policies';
import type { KnownCalendar, SlaSettings } from './settings';

const HOUR = 60 * 60_000;
const FRIDAY = Date.parse('2026-11-27T10:00:00Z');
const calendar = (id: number, zone: string): KnownCalendar => ({ id, name: zone, calendar: officeHours(zone), countries: [] });
const [usual, tokyo] = [calendar(1, 'UTC'), calendar(2, 'Asia/Tokyo')];
const settings: SlaSettings = {
  version: 1, policies: { ...DEFAULT_POLICIES, policies: [...DEFAULT_POLICIES.policies, { name: 'partners', target_minutes: 60, calendar: 'default' }] },
  calendars: new Map([usual, tokyo].map((one) => [one.id, one])), usual, ofRep: new Map([[7, 2]]), ofTeam: new Map(),
};
const score = (temperature: string) => ({ total: 1, grade: 'C', temperature, is_hot: temperature === 'hot', mql: false });
const owner = (id: number) => ({ id, name: `Rep ${id}`, email: null, time_zone: 'UTC' });
const unscored = unheardOf({ tenant: 'demo', lead_id: 1 });
const lead = (more: Partial<Assignment> = {}): Assignment => ({ ...unscored, facts: {}, score: score('warm'), ...more });
const clock = firstClock(lead(), FRIDAY, settings)!;
const follow = (before: Assignment, after: Assignment, now = FRIDAY + HOUR) => followChange(clock, { before, after }, settings, now);

test('a clock starts with the first score, and only some changes concern it', () => {
  expect(startsClock({ before: unscored, after: lead() })).toBe(true);
  expect(startsClock({ before: lead(), after: lead({ score: score('hot') }) })).toBe(false);
  expect(concernsClock({ before: lead(), after: lead({ score: score('cold'), priority: 'low' }) })).toBe(false);
  for (const after of [lead({ score: score('hot') }), lead({ owner: owner(7) })]) expect(concernsClock({ before: lead(), after })).toBe(true);
});

test('the first owner\'s hours count from the start', () => {
  expect(follow(lead(), lead({ owner: owner(8) }))).toBe(clock);
  expect(follow(lead(), lead({ owner: owner(7) }))).toMatchObject({ calendar_id: 2, started_at: FRIDAY, policy: 'warm', due_at: Date.parse('2026-11-30T04:00:00Z') });
});

test('another owner has the whole time again, where the policy says so', () => {
  expect(follow(lead({ owner: owner(8) }), lead({ owner: owner(9) }))).toMatchObject({ started_at: FRIDAY + HOUR, due_at: FRIDAY + 5 * HOUR });
  const unarmed = { ...settings, policies: { ...DEFAULT_POLICIES, policies: DEFAULT_POLICIES.policies.map((policy) => ({ ...policy, rearm_on_reassignment: false })) } };
  expect(followChange(clock, { before: lead({ owner: owner(8) }), after: lead({ owner: owner(9) }) }, unarmed, FRIDAY + HOUR)).toBe(clock);
});

test('whoever gets it out of the queue, after it was taken away from somebody, has the whole time; what is paused has it when it is resumed', () => {
  const taken = lead({ routed_at: '2026-11-27T10:00:00Z' });
  expect(follow(taken, lead({ owner: owner(8) }))).toMatchObject({ started_at: FRIDAY + HOUR, due_at: FRIDAY + 5 * HOUR });
  const paused = pause(clock, usual, FRIDAY + HOUR, 'on a plane');
  const again = followChange(paused, { before: lead({ owner: owner(8) }), after: lead({ owner: owner(9) }) }, settings, FRIDAY + 2 * HOUR);
  expect([paused.left?.due, again.left?.due, again.state]).toEqual([3 * HOUR, 4 * HOUR, 'paused']);
  expect(followChange(paused, { before: lead(), after: lead({ owner: owner(7) }) }, settings, FRIDAY + 2 * HOUR)).toBe(paused);
});

test('after a breach that nobody called after, another owner has a clock of their own, and the breach stays', () => {
  const breached = fire(clock, FRIDAY + 5 * HOUR).clock;
  const given = { before: lead({ owner: owner(8) }), after: lead({ owner: owner(9) }) };
  expect(followChange(breached, given, settings, FRIDAY + 6 * HOUR)).toMatchObject({ number: 2, state: 'running', started_at: FRIDAY + 6 * HOUR, policy: 'warm' });
  const called = { ...breached, contacted_at: FRIDAY + 5 * HOUR };
  expect(followChange(called, given, settings, FRIDAY + 6 * HOUR)).toBe(called);
  expect(followChange(breached, { before: lead(), after: lead({ owner: owner(9) }) }, settings, FRIDAY + 6 * HOUR)).toBe(breached);
});

test('rules that name a policy after the clock has started are heard', () => {
  expect(follow(lead(), lead({ owner: owner(8), sla_policy: 'partners' }))).toMatchObject({ policy: 'partners', started_at: FRIDAY, due_at: FRIDAY + HOUR });
});

test('a lead that becomes hot is due within 5 minutes, one that is taken away keeps its time, one that is converted has none', () => {
  expect(follow(lead({ owner: owner(8) }), lead({ owner: owner(8), score: score('hot') }))).toMatchObject({ policy: 'hot', due_at: FRIDAY + HOUR + 300_000 });
  expect(follow(lead({ owner: owner(8) }), lead())).toBe(clock);
  const converted = { converted_at: '2026-11-27T11:00:00Z', account_id: 1, contact_id: 1, customer_id: 1 };
  expect(follow(lead(), lead({ converted }))).toMatchObject({ state: 'cancelled', ended_at: FRIDAY + HOUR });
});
