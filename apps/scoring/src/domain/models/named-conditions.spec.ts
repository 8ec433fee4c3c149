import { fieldsOf } from '@headwater/rules';
import type { ModelCondition, NamedCondition } from '../scoring-model';
import { checkNames, withNamed } from './named-conditions';

const in_dach: ModelCondition = { field: 'country', op: 'in', value: ['DE', 'AT', 'CH'] };
const large: ModelCondition = { all: [{ condition: 'dach' } as never, { not: { field: 'employees', op: 'lt', value: 200 } }] };
const conditions: NamedCondition[] = [{ name: 'dach', when: in_dach }, { name: 'large', when: large }];
const problems = (given: NamedCondition[], uses: [string, ModelCondition][] = []) =>
  checkNames({ conditions: given }, uses).map(({ field, code }) => [field, code]);

it('puts in what is named, at any depth', () => {
  expect(withNamed({ any: [{ condition: 'large' } as never, { always: true }] }, conditions))
    .toEqual({ any: [{ all: [in_dach, { not: { field: 'employees', op: 'lt', value: 200 } }] }, { always: true }] });
  expect(fieldsOf(withNamed({ condition: 'large' }, conditions))).toEqual(['country', 'employees']);
});

it('finds nothing wrong with names that lead to an end', () => expect(problems(conditions, [['segment.when', { condition: 'large' }]])).toEqual([]));

it('finds a name that there is none of, in a condition and where one is used', () => {
  expect(problems([{ name: 'a', when: { not: { condition: 'b' } as never } }], [['segment.when', { condition: 'c' }]]))
    .toEqual([['conditions.0.when.not', 'unknown_condition'], ['segment.when', 'unknown_condition']]);
});

it.each([
  ['itself', [{ name: 'a', when: { condition: 'a' } }], 'conditions.0.when'],
  ['itself by another', [{ name: 'a', when: { condition: 'b' } }, { name: 'b', when: { all: [{ condition: 'a' } as never] } }], 'conditions.1.when.all.0'],
])('finds a condition that names %s', (_, given, field) => {
  expect(problems(given as NamedCondition[], [['segment.when', { condition: 'a' }]])).toEqual([[field, 'cycle']]);
});

it('counts what would come of it without putting it together', () => {
  const doubling = Array.from({ length: 40 }, (_, i) => ({
    name: `c${i}`, when: (i === 0 ? in_dach : { any: [{ condition: `c${i - 1}` }, { condition: `c${i - 1}` }] }) as ModelCondition,
  }));
  const found = problems(doubling);
  expect(found).toContainEqual(['conditions.39.when', 'too_many_nodes']);
  expect(found).not.toContainEqual(['conditions.5.when', 'too_many_nodes']);
  const deep = Array.from({ length: 12 }, (_, i) => ({ name: `d${i}`, when: (i === 0 ? in_dach : { not: { condition: `d${i - 1}` } }) as ModelCondition }));
  expect(problems(deep)).toEqual([['conditions.10.when', 'too_deep'], ['conditions.11.when', 'too_deep']]);
});
