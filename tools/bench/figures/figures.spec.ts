import { atLeast, atMost, countable } from './figures';

test('what reaches its goal holds', () => {
  expect(atLeast('routed', 800, { value: 800, unit: 'leads/s' }))
    .toEqual({ name: 'routed', value: 800, unit: 'leads/s', goal: '>= 800', holds: true, baseline: null });
  expect(atLeast('ratio', 1, { value: 0.999, unit: '×', baseline: 1_200 })).toMatchObject({ holds: false, baseline: 1_200 });
  expect(atMost('p99', 150, { value: 150, unit: 'ms' })).toMatchObject({ goal: '<= 150', holds: true });
  expect(atMost('p99', 150, { value: 150.1, unit: 'ms' }).holds).toBe(false);
});

test('what could not be measured does not hold', () => {
  expect(atMost('p99', 150, { value: NaN, unit: 'ms' }).holds).toBe(false);
});

test('nothing holds when a lead is missing', () => {
  const figures = [atLeast('routed', 800, { value: 900, unit: 'leads/s' })];
  expect(countable(figures, []).map(({ holds }) => holds)).toEqual([true]);
  expect(countable(figures, ['1 lead is missing']).map(({ holds }) => holds)).toEqual([false]);
});
