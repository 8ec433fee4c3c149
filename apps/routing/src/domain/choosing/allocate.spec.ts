import fc from 'fast-check';
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
    {
      rep_id: 1, name: 'Rep 1', excluded: null, counters: { picks: 1, turn: 1, current_weight: 0, open_leads: 1, weight: 1 },
      after: { picks: 2, turn: 2, current_weight: 0, open_leads: 1, weight: 1 },
    });
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

test('a lead waits for people who are back in time, and else goes on; who is behind in the pool they would have been in is not asked', () => {
  const away = rep(1, { away: { why: 'hours', until: '2026-03-02T08:00:00.000Z' } });
  const pools = [pool(1, 'A', 'round_robin', [away]), pool(2, 'B', 'named', [rep(2)])];
  const patient = { ...waiting('A', 'B'), patience: new Map([['A', '2026-03-02T09:00:00.000Z']]) };
  expect(allocate([patient], pools).allocations[0]).toMatchObject({ picked: null, pool: 'A', waitsUntil: '2026-03-02T08:00:00.000Z' });
  const lessSo = { ...patient, patience: new Map([['A', '2026-03-02T07:59:00.000Z']]) };
  expect(allocate([lessSo], pools).allocations[0]).toMatchObject({ picked: { id: 2 }, pool: 'B' });
  const full = { ...away, max_open_leads: 0 };
  expect(allocate([patient], [pool(1, 'A', 'round_robin', [full]), pools[1]]).allocations[0].picked?.id).toBe(2);
});

test('turns while somebody is at the cap are counted apart from those of a rotation', () => {
  const capped = rep(1, { max_open_leads: 1 });
  const { allocations } = allocate([1, 2, 3, 4].map(() => waiting('A')), [pool(1, 'A', 'round_robin', [capped, rep(2)])]);
  expect(allocations.map(({ picked, kind }) => [picked?.id, kind])).toEqual([[1, 'rotation'], [2, 'capped'], [2, 'capped'], [2, 'capped']]);
});

test('of a large pool some are kept with the decision, the picked one among them, and how many the others are', () => {
  const reps = Array.from({ length: 60 }, (_, i) => rep(i + 1, { active: i % 2 === 1 }));
  const { allocations } = allocate(Array.from({ length: 30 }, () => waiting('A')), [pool(1, 'A', 'round_robin', reps)]);
  const { candidates, leftOut, picked } = allocations[29];
  expect(picked?.id).toBe(60);
  expect(candidates).toHaveLength(25);
  expect(candidates.at(-1)).toMatchObject({ rep_id: 60, counters: { picks: 0 }, after: { picks: 1 } });
  expect(leftOut).toEqual({ eligible: 17, inactive: 18 });
});

describe('for whoever comes and goes', () => {
  const step = fc.record({ away: fc.subarray([3, 4, 5]), capped: fc.subarray([4, 5]), joins: fc.boolean(), batch: fc.integer({ min: 1, max: 7 }) });

  test.each(['round_robin', 'weighted'])('%s: two who are there throughout differ by no more than a turn, over batches of any size', (strategy) => {
    fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      const counters = new Map([1, 2, 3, 4, 5].map((id) => [id, { picks: 0, turn: 0, current_weight: 0 }]));
      for (const { away, capped, joins, batch } of steps) {
        if (joins && !counters.has(6)) counters.set(6, { picks: 0, turn: 0, current_weight: 0 });
        const members = [...counters].map(([id, own]) => ({
          rep: rep(id, { active: !away.includes(id), max_open_leads: capped.includes(id) ? 0 : null }), counters: own, fresh: id === 6 && own.picks + own.turn === 0,
        }));
        const { moved } = allocate(Array.from({ length: batch }, () => waiting('A')), [{ id: 1, name: 'A', strategy, members }]);
        for (const { rep_id, pool_id: _, ...own } of moved) counters.set(rep_id, own);
        expect(Math.abs(counters.get(1)!.picks - counters.get(2)!.picks)).toBeLessThanOrEqual(1);
      }
    }));
  });

  test('who comes back from a long leave takes turns as everybody does: no flood', () => {
    const away = Array.from({ length: 40 }, () => waiting('A'));
    let members = [1, 2, 3].map((id) => ({ rep: rep(id, { away: id === 3 ? { why: 'leave' as const, until: null } : null }), counters: { picks: 0, turn: 0, current_weight: 0 } }));
    const { moved } = allocate(away, [{ id: 1, name: 'A', strategy: 'round_robin', members }]);
    members = members.map(({ rep: one }) => ({ rep: { ...one, away: null }, counters: moved.find(({ rep_id }) => rep_id === one.id)! }));
    const back = allocate(Array.from({ length: 30 }, () => waiting('A')), [{ id: 1, name: 'A', strategy: 'round_robin', members }]);
    const picks = [1, 2, 3].map((id) => back.allocations.filter(({ picked }) => picked?.id === id).length);
    expect(picks).toEqual([10, 10, 10]);
  });
});
