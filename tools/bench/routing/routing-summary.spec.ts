import { routingFigures } from './routing-summary';
import { setupOf } from './routing-world';

const numbers = {
  throughput: { leads: 20_000, leads_per_s: 2_400, locked_turns_per_s: 900 }, decisions: [{ rules: 10, p50_ms: 6, p99_ms: 21 }, { rules: 200, p50_ms: 7, p99_ms: 19 }],
  fairness: { leads: 100_000, replicas: 3, spread: 1 },
  lateness: { running: 100_000, due: 10_000, p50_ms: 80, p99_ms: 240, max_ms: 400 },
};

test('every goal is looked at by itself', () => {
  expect(routingFigures(numbers).map(({ holds }) => holds)).toEqual([true, false, true, true, true]);
  expect(routingFigures({ ...numbers, fairness: { ...numbers.fairness, spread: 2 } }).at(-2)?.holds).toBe(false);
  expect(routingFigures({ ...numbers, lateness: { ...numbers.lateness, p99_ms: 1_001 } }).at(-1)?.holds).toBe(false);
});

test('the world has the size that is asked for, and every rule leads to a pool that is there', () => {
  const { reps, pools, rule_set } = setupOf({ reps: 500, rules: 200, territories: 0 });
  expect([reps.length, pools.length, rule_set.rules.length]).toEqual([500, 20, 200]);
  expect(new Set(pools.flatMap(({ members = [] }) => members)).size).toBe(500);
  expect(rule_set.rules.every(({ pool }) => pools.some(({ name }) => name === pool))).toBe(true);
});
