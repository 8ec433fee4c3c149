import type { Condition, Facts } from './condition';
import { evaluate } from './evaluate';
import { explain } from './explain';

const explained = (condition: Condition, facts: Facts): string => explain(evaluate(condition, facts).trace);

const isGerman: Condition = { field: 'country', op: 'eq', value: 'DE' };
const isLarge: Condition = { field: 'employees', op: 'gte', value: 500 };
const isVip: Condition = { field: 'tags', op: 'has_any', value: ['vip', 'board'] };

const german = { country: 'DE', employees: 1200 };
const french = { country: 'FR', employees: 120 };

test.each<[string, Condition, Facts]>([
  ['country is DE and employees ≥ 500', { all: [isGerman, isLarge] }, german],
  ['employees is not ≥ 500 (120)', { all: [isLarge, { always: true }] }, french],
  ['employees is not ≥ 500 (unknown)', isLarge, {}],
  ['country is DE', { any: [isGerman, isVip] }, german],
  ['country is not DE (FR) and tags has none of vip, board (x, y)', { any: [isGerman, isVip] }, { ...french, tags: ['x', 'y'] }],
  ['country is not DE (FR)', { not: isGerman }, french],
  ['country is DE', { not: { not: isGerman } }, german],
  ['country is DE', { field: 'country', op: 'ne', value: 'DE' }, german],
  ['always', { always: true }, {}],
  ['employees is between 1 and 200', { field: 'employees', op: 'between', value: [1, 200] }, french],
  ['country is one of AT, CH, DE, 2 more', { field: 'country', op: 'in', value: ['AT', 'CH', 'DE', 'LI', 'LU'] }, german],
  ['lead score total score > 70', { field: 'lead_score.total_score', op: 'gt', value: 70 }, { lead_score: { total_score: 71 } }],
  ['seats is unknown', { field: 'custom_fields.seats', op: 'exists' }, {}],
])('%s', (sentence, condition, facts) => expect(explained(condition, facts)).toBe(sentence));

test('one statement is made once', () => {
  expect(explained({ all: [isGerman, { any: [isGerman, isVip] }] }, german)).toBe('country is DE');
});

test('at most five statements are made', () => {
  const many: Condition = { all: [1, 2, 3, 4, 5, 6, 7].map((value) => ({ field: 'employees', op: 'gt', value })) };
  expect(explained(many, german)).toBe(
    'employees > 1 and employees > 2 and employees > 3 and employees > 4 and employees > 5 and 2 more',
  );
});
