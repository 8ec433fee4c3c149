import type { Rep } from './eligibility';
import { allocate, type Pool, type Waiting } from './allocate';

const rep = (id: number, more: Partial<Rep> = {}): Rep => ({
  id, name: `Rep ${id}`, email: null, team: null, time_zone: 'UTC', weight: 1, active: true, open_leads: 0, max_open_leads: null, ...more,
});
const pool = (id: number, name: string, strategy: string, reps: Rep[]): Pool =>
  ({ id, name, strategy, members: reps.map((one) => ({ rep: one, counters: { picks: 0, turn: 0, current_weight: 0 } })) });
const waiting = (...pools: string[]): Waiting =>
  ({ facts: {}, match: { version: 1, rule: 'Any', why: 'rule "Any" (always)', pools, queue: null, priority: null, sla_policy: null } });
const owners = (leads: Waiting[], pools: Pool[]) => allocate(leads, pools).allocations.map(({ picked }) => picked?.id ?? null);

test('each lead sees what the former one moved', () => {
  const { allocations, moved } = allocate([1, 2, 3].map(() => waiting('A')), [pool(7, 'A', 'round_robin', [rep(1), rep(2)])]);
  expect(allocations.map(({ picked }) => picked?.id)).toEqual([1, 2, 1]);
  expect(moved).toEqual([
    { pool_id: 7, rep_id: 1, picks: 2, turn: 2, current_weight: 0 }, { pool_id: 7, rep_id: 2, picks: 1, turn: 1, current_weight: 0 },
  ]);
  expect(allocations[2].candidates[0]).toEqual(
    { rep_id: 1, name: 'Rep 1', excluded: null, counters: { picks: 1, turn: 1, current_weight: 0, open_leads: 1, weight: 1 } });
});

test('open leads count over all pools, and a cap is never passed within a batch', () => {
  const capped = rep(1, { max_open_leads: 2 });
  const pools = [pool(1, 'A', 'named', [capped]), pool(2, 'B', 'least_open', [capped, rep(2)])];
  expect(owners([waiting('A'), waiting('A'), waiting('A', 'B'), waiting('B')], pools)).toEqual([1, 1, 2, 2]);
});

test('when nobody of the pool is available the default pool is asked, and both are told', () => {
  const pools = [pool(1, 'A', 'round_robin', [rep(1, { active: false })]), pool(2, 'B', 'named', [rep(2)])];
  const [{ because, pool: from, strategy, candidates }] = allocate([waiting('A', 'B')], pools).allocations;
  expect(because).toBe('rule "Any" (always) → pool A: nobody available → pool B, named: first of those named who is available');
  expect([from, strategy]).toEqual(['B', 'named']);
  expect(candidates.map(({ rep_id, excluded }) => [rep_id, excluded])).toEqual([[1, 'inactive'], [2, null]]);
});

test('when nobody is available anywhere the lead stays without an owner, and no counter moves', () => {
  const pools = [pool(1, 'A', 'weighted', [rep(1, { open_leads: 5, max_open_leads: 5 })])];
  const { allocations: [allocation], moved } = allocate([waiting('A')], pools);
  expect(allocation).toMatchObject({ picked: null, pool: null, strategy: null, because: 'rule "Any" (always) → nobody available in pool A' });
  expect(allocation.candidates[0].excluded).toBe('at the cap (5 of 5 open leads)');
  expect(moved).toEqual([]);
});
