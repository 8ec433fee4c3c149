import type { Operator } from './condition';
import { operators } from './operators';

const holds = (fact: unknown, op: Operator, value?: unknown): boolean => operators[op].holds(fact, value);

const title = 'Senior Vice-Président Sales';

test.each<[unknown, Operator, unknown]>([
  ['de', 'eq', 'DE'],
  ['FR', 'ne', 'DE'],
  [null, 'ne', 'DE'],
  ['at', 'in', ['DE', 'AT']],
  ['FR', 'not_in', ['DE', 'AT']],
  [undefined, 'not_in', ['DE']],
  [501, 'gt', 500],
  [500, 'gte', 500],
  [499, 'lt', 500],
  ['2026-01-31T18:00:00Z', 'lte', '2026-01-31'],
  [500, 'between', [500, 500]],
  ['2026-01-31T18:00:00Z', 'between', ['2026-01-01', '2026-01-31']],
  [title, 'contains', 'DENT sal'],
  [title, 'starts_with', 'senior v'],
  [title, 'ends_with', 'sales'],
  [title, 'matches_word', 'vice president'],
  [['VIP', 'emea', 7], 'has_any', ['vip', 'apac']],
  [['VIP', 'emea', 'x'], 'has_all', ['emea', 'vip']],
])('%j %s %j holds', (fact, op, value) => expect(holds(fact, op, value)).toBe(true));

test.each<[unknown, Operator, unknown]>([
  ['Germany', 'eq', 'DE'],
  ['DE', 'ne', 'de'],
  [['DE'], 'in', ['DE']],
  [500, 'gt', 500],
  ['500', 'gte', 500],
  [null, 'lt', 500],
  ['2026-02-01T00:00:00Z', 'lte', '2026-01-31'],
  [501, 'between', [1, 500]],
  [title, 'contains', 'president'],
  [7, 'contains', '7'],
  [title, 'matches_word', 'pres'],
  [title, 'matches_word', 'president vice'],
  ['vip', 'has_any', ['vip']],
  [['vip'], 'has_all', ['vip', 'emea']],
])('%j %s %j does not hold', (fact, op, value) => expect(holds(fact, op, value)).toBe(false));

test.each<[unknown, boolean]>([
  [false, true], [0, true], ['x', true], [[], false], [' ', false], [null, false], [undefined, false],
])('%j exists: %s', (fact, exists) => {
  expect(holds(fact, 'exists')).toBe(exists);
  expect(holds(fact, 'missing')).toBe(!exists);
});
