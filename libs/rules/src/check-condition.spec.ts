import { fields } from '../test/arbitrary-conditions';
import { checkCondition, MAX_DEPTH, MAX_NODES } from './check-condition';

const check = (condition: unknown) => checkCondition(condition, fields).map(({ path, code }) => [path, code]);

const isGerman = { field: 'country', op: 'eq', value: 'DE' };

const nested = (depth: number): unknown => (depth === 1 ? isGerman : { not: nested(depth - 1) });

const wide = (nodes: number): unknown => ({ any: Array.from({ length: nodes - 1 }, () => isGerman) });

test.each([
  ['a comparison', isGerman],
  ['what always holds', { always: true }],
  ['groups', { all: [isGerman, { any: [{ not: isGerman }, { always: true }] }] }],
  ['a field that exists', { field: 'tags', op: 'exists' }],
  ['a range of days', { field: 'captured_at', op: 'between', value: ['2026-01-01', '2026-01-01'] }],
  ['a range within one day', { field: 'captured_at', op: 'between', value: ['2026-01-01T12:00Z', '2026-01-01'] }],
  ['a custom field, asked as a number', { field: 'custom_fields.seats', op: 'gte', value: 10 }],
  ['a custom field, asked as a list', { field: 'custom_fields.regions.eu', op: 'has_any', value: ['DE'] }],
  ['the deepest', nested(MAX_DEPTH)],
  ['the widest', wide(MAX_NODES)],
])('accepts %s', (_, condition) => {
  expect(check(condition)).toEqual([]);
});

test.each([
  ['text', 'country = DE', '', 'not_a_condition'],
  ['null', null, '', 'not_a_condition'],
  ['a list', [isGerman], '', 'not_a_condition'],
  ['an empty object', {}, '', 'not_a_condition'],
  ['an operator without a field', { op: 'eq', value: 'DE' }, '', 'not_a_condition'],
  ['two kinds at once', { all: [isGerman], any: [isGerman] }, '', 'not_a_condition'],
  ['a condition in place of a list', { all: isGerman }, '/all', 'not_a_list'],
  ['an empty group', { any: [] }, '/any', 'empty_list'],
  ['always false', { always: false }, '/always', 'wrong_value_type'],
  ['a further property of a group', { not: isGerman, comment: 'x' }, '/comment', 'unknown_property'],
  ['a further property of a comparison', { ...isGerman, 'a/b~c': 1 }, '/a~1b~0c', 'unknown_property'],
  ['a bad part of a group', { all: [isGerman, { not: { any: [7] } }] }, '/all/1/not/any/0', 'not_a_condition'],
  ['an unknown field', { ...isGerman, field: 'land' }, '/field', 'unknown_field'],
  ['an inherited name as field', { ...isGerman, field: 'constructor' }, '/field', 'unknown_field'],
  ['a field that is no text', { ...isGerman, field: 7 }, '/field', 'unknown_field'],
  ['a custom field without a key', { ...isGerman, field: 'custom_fields.' }, '/field', 'unknown_field'],
  ['an unknown operator', { ...isGerman, op: 'matches' }, '/op', 'unknown_operator'],
  ['an inherited name as operator', { ...isGerman, op: 'toString' }, '/op', 'unknown_operator'],
  ['a missing operator', { field: 'country' }, '/op', 'unknown_operator'],
  ['an operator of another type', { field: 'country', op: 'gte', value: 5 }, '/op', 'operator_not_for_type'],
  ['one level too deep', nested(MAX_DEPTH + 1), '/not'.repeat(MAX_DEPTH), 'too_deep'],
  ['one part too many', wide(MAX_NODES + 1), `/any/${MAX_NODES - 1}`, 'too_many_nodes'],
])('rejects %s', (_, condition, path, code) => {
  expect(check(condition)).toEqual([[path, code]]);
});

test('tells every problem, each in a sentence', () => {
  const condition = {
    all: [{ field: 'country', op: 'gte', value: 5 }, { field: 'land', op: 'is', value: '' }, { always: 1 }],
  };
  expect(checkCondition(condition, { country: 'text' })).toEqual([
    {
      path: '/all/0/op',
      code: 'operator_not_for_type',
      message: "A text field doesn't take 'gte'; "
        + 'it takes eq, ne, in, not_in, contains, starts_with, ends_with, matches_word, exists, missing.',
    },
    { path: '/all/1/field', code: 'unknown_field', message: "There is no field 'land'." },
    { path: '/all/1/op', code: 'unknown_operator', message: expect.stringMatching(/^There is no operator 'is'; there are eq, /) },
    { path: '/all/2/always', code: 'wrong_value_type', message: "The only value of 'always' is true." },
  ]);
});

test('stays calm before a document that is nested a hundred thousand levels deep', () => {
  let bomb: unknown = isGerman;
  for (let level = 0; level < 100_000; level += 1) bomb = { all: [bomb] };
  expect(check(bomb)).toEqual([['/all/0'.repeat(MAX_DEPTH), 'too_deep']]);
});
