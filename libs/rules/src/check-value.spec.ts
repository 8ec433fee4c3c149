import { checkValue, MAX_LIST_LENGTH, MAX_TEXT_LENGTH } from './check-value';
import type { FieldType, Operator } from './condition';

const check = (op: Operator, type: FieldType, value: unknown) =>
  checkValue(value, op, type, '/value').map(({ path, code }) => [path, code]);

test.each<[Operator, FieldType, unknown]>([
  ['eq', 'text', 'DE'],
  ['eq', 'number', 0],
  ['ne', 'boolean', false],
  ['eq', 'any', false],
  ['in', 'any', ['DE', 7, true]],
  ['gte', 'date', '2024-02-29'],
  ['gte', 'any', '2026-01-31T09:30:00.5+02:00'],
  ['between', 'number', [5, 5]],
  ['has_all', 'text_list', ['vip', 'emea']],
  ['matches_word', 'text', 'R&D'],
  ['exists', 'date', undefined],
])('%s of a %s field takes %j', (op, type, value) => {
  expect(check(op, type, value)).toEqual([]);
});

test.each<[Operator, FieldType, unknown, string, string]>([
  ['exists', 'text', 'DE', '/value', 'unknown_property'],
  ['missing', 'text', null, '/value', 'unknown_property'],
  ['eq', 'text', undefined, '/value', 'missing_value'],
  ['eq', 'text', null, '/value', 'wrong_value_type'],
  ['eq', 'text', 7, '/value', 'wrong_value_type'],
  ['eq', 'number', '7', '/value', 'wrong_value_type'],
  ['gt', 'number', Infinity, '/value', 'wrong_value_type'],
  ['eq', 'boolean', 'true', '/value', 'wrong_value_type'],
  ['gt', 'date', '31.01.2026', '/value', 'wrong_value_type'],
  ['gt', 'date', '2026-02-30', '/value', 'wrong_value_type'],
  ['gt', 'date', '2026-01-31T09:30', '/value', 'wrong_value_type'],
  ['gt', 'any', 'tall', '/value', 'wrong_value_type'],
  ['contains', 'any', 7, '/value', 'wrong_value_type'],
  ['contains', 'text', ' ', '/value', 'empty_text'],
  ['matches_word', 'text', '++', '/value', 'empty_text'],
  ['eq', 'text', 'x'.repeat(MAX_TEXT_LENGTH + 1), '/value', 'text_too_long'],
  ['in', 'text', 'DE', '/value', 'not_a_list'],
  ['has_any', 'text_list', [], '/value', 'empty_list'],
  ['in', 'number', Array(MAX_LIST_LENGTH + 1).fill(7), '/value', 'list_too_long'],
  ['in', 'number', [1, '2', '3'], '/value/1', 'wrong_value_type'],
  ['between', 'number', [1, 2, 3], '/value', 'not_a_range'],
  ['between', 'number', [1, '2'], '/value/1', 'wrong_value_type'],
  ['between', 'any', [1, '2026-01-31'], '/value', 'wrong_value_type'],
  ['between', 'number', [2, 1], '/value', 'reversed_range'],
])('%s of a %s field does not take %j', (op, type, value, path, code) => {
  expect(check(op, type, value)).toEqual([[path, code]]);
});
