import fc from 'fast-check';
import { fairnessOf, giniOf, type Counted } from './fairness';

test('Gini: 0 of equal shares, near 1 when one of many has all', () => {
  expect([giniOf([]), giniOf([0, 0]), giniOf([5, 5, 5])]).toEqual([0, 0, 0]);
  expect(giniOf([0, 0, 0, 8])).toBeCloseTo(0.75);
  expect(giniOf([1, 3])).toBeCloseTo(0.25);
});

test('Gini is between 0 and 1, and says the same of shares twice as large, in whatever order', () => {
  fc.assert(fc.property(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 20 }), (shares) => {
    const gini = giniOf(shares);
    expect(gini).toBeGreaterThanOrEqual(0);
    expect(gini).toBeLessThan(1);
    expect(giniOf(shares.map((share) => 2 * share).reverse())).toBeCloseTo(gini);
  }));
});

const row = (pool: string | null, rep_id: number, kind: string, count: number, weight = 1): Counted => ({ pool, rep_id, name: `Rep ${rep_id}`, kind, count, weight });
const IN = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };

test('a rotation is measured by its own picks: what was capped, named or claimed is counted apart', () => {
  const { pools, reps, kinds, gini } = fairnessOf([
    row('A', 1, 'rotation', 10), row('A', 2, 'rotation', 9), row('A', 1, 'capped', 5), row('B', 1, 'named', 7), row(null, 2, 'claimed', 3),
  ], IN);
  expect(pools).toMatchObject([
    { pool: 'A', spread: 1, gini: 0.0263, reps: [{ rep: { id: 1 }, assignments: 15, kinds: { rotation: 10, capped: 5 } }, { rep: { id: 2 }, assignments: 9 }] },
    { pool: 'B', spread: 0, gini: 0 }, { pool: null, spread: 0 },
  ]);
  expect(reps.map(({ rep, assignments }) => [rep.id, assignments])).toEqual([[1, 22], [2, 12]]);
  expect([kinds, gini]).toEqual([{ rotation: 19, capped: 5, named: 7, claimed: 3 }, 0.1471]);
});

test('who weighs three times as much has their share with three times as many', () => {
  expect(fairnessOf([row('A', 1, 'rotation', 30, 3), row('A', 2, 'rotation', 10)], IN).pools[0]).toMatchObject({ gini: 0, spread: 20 });
});
