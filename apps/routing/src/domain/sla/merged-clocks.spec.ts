import { fire, move, pause, startClock, type Clock } from './clock';
import { followFamilies } from './merged-clocks';
import { DEFAULT_POLICIES } from './policies';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-27T14:00:00Z');
const [, , cold] = DEFAULT_POLICIES.policies;
/** Around the clock, so that eight hours are eight hours. */
const clockOf = (lead_id: number, from: number): Clock => startClock({ tenant: 'demo', lead_id }, {
  number: 1, cycle: 1, policy: cold, calendar: null, from, now: NOW, reassignments: 0, because: 'the lead was captured',
});
const lead = (lead_id: number, primary_id: number | null = null) => ({ lead_id, primary_id });
const [older, newer] = [clockOf(2, NOW - 60 * MINUTE), clockOf(1, NOW - 10 * MINUTE)];
const merged = (...clocks: Clock[]) => followFamilies([lead(1), lead(2, 1)], clocks, NOW);
const apart = (...clocks: Clock[]) => followFamilies([lead(1), lead(2)], clocks, NOW);

test('the earliest due goes on in the clock of the lead that others are merged into, and theirs stand still', () => {
  const [primary, member] = merged(newer, older);
  expect(primary).toMatchObject({ lead_id: 1, state: 'running', due_at: older.due_at, own: { due_at: newer.due_at } });
  expect(member).toMatchObject({ lead_id: 2, state: 'cancelled', own: { state: 'running' } });
});

test('told again, nothing changes', () => expect(merged(...merged(newer, older))).toEqual([]));

test('each goes on by its own time when the merge is taken back', () => {
  const [primary, member] = apart(...merged(newer, older));
  expect([primary.due_at, primary.own, member.state, member.due_at]).toEqual([newer.due_at, null, 'running', older.due_at]);
});

test('its own due goes on when it is the earlier one', () => {
  const [early, late] = [clockOf(1, NOW - 60 * MINUTE), clockOf(2, NOW)];
  expect(merged(early, late)).toMatchObject([{ lead_id: 2, state: 'cancelled' }]);
});

test('a lead that was contacted needs no clock, and one that breached has had its', () => {
  for (const done of [move(newer, 'met', NOW, 'first contact'), fire(newer, newer.due_at).clock]) expect(merged(done, older)).toMatchObject([{ lead_id: 2, state: 'cancelled' }]);
});

test('the clock of the other one goes on in a lead that has none running', () => {
  expect(merged(older)).toMatchObject([{ lead_id: 1, number: 1, state: 'running', due_at: older.due_at }, { lead_id: 2, state: 'cancelled' }]);
  const over = move(newer, 'cancelled', NOW, 'the lead is disqualified');
  expect(merged(over, older)[0]).toMatchObject({ lead_id: 1, number: 2, state: 'running', due_at: older.due_at });
});

test('one that is paused stays so, with what was left, when it is one of its own again', () => {
  const paused = pause(older, null, NOW, 'on a plane');
  const [member] = merged(newer, paused);
  expect(member).toMatchObject({ lead_id: 2, state: 'cancelled', left: paused.left });
  expect(apart(newer, member)).toMatchObject([{ state: 'paused', left: paused.left }]);
});

test('a chain of merges belongs to its end', () => {
  const third = clockOf(3, NOW - 120 * MINUTE);
  const all = followFamilies([lead(1), lead(2, 1), lead(3, 1)], [newer, older, third], NOW);
  expect(all[0]).toMatchObject({ lead_id: 1, due_at: third.due_at });
});
