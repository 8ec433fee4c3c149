import type { Condition } from './condition';
import { evaluate } from './evaluate';

const enterpriseInGermany: Condition = {
  all: [
    { field: 'country', op: 'eq', value: 'DE' },
    { any: [{ field: 'company.employees', op: 'gte', value: 500 }, { not: { field: 'tags', op: 'missing' } }] },
    { always: true },
  ],
};

test('the trace is the condition with what came of each part and what was found', () => {
  expect(evaluate(enterpriseInGermany, { country: 'de', company: { employees: 120 } })).toEqual({
    holds: false,
    trace: {
      holds: false,
      all: [
        { holds: true, field: 'country', op: 'eq', value: 'DE', found: 'de' },
        {
          holds: false,
          any: [
            { holds: false, field: 'company.employees', op: 'gte', value: 500, found: 120 },
            { holds: false, not: { holds: true, field: 'tags', op: 'missing', found: null } },
          ],
        },
        { holds: true, always: true },
      ],
    },
  });
});

test.each([
  [{ country: 'DE', company: { employees: 500 } }],
  [{ country: 'DE', company: 'Acme', tags: ['vip'] }],
])('it holds for %j', (facts) => expect(evaluate(enterpriseInGermany, facts).holds).toBe(true));

const found = (field: string, facts: Record<string, unknown>) =>
  evaluate({ field, op: 'exists' }, facts).trace;

test('a custom field is found by its own key, dots included', () => {
  expect(found('custom_fields.budget.code', { custom_fields: { 'budget.code': 'B7' } })).toMatchObject({ found: 'B7' });
  expect(found('custom_fields.budget.code', { custom_fields: { budget: { code: 'B7' } } })).toMatchObject({ found: null });
});

test('nothing is found but what stands in the facts themselves', () => {
  for (const field of ['constructor', '__proto__', 'tags.length', 'country.length']) {
    expect(found(field, { tags: ['vip'], country: 'DE' })).toMatchObject({ holds: false, found: null });
  }
});

test('what was found is shortened, so that a decision stays small', () => {
  expect(found('notes', { notes: 'x'.repeat(10_000) })).toMatchObject({ holds: true, found: `${'x'.repeat(200)}…` });
  expect(found('tags', { tags: Array(1000).fill('vip') })).toMatchObject({ found: Array(20).fill('vip') });
  expect(found('company', { company: { name: 'Acme' } })).toMatchObject({ holds: true, found: '…' });
  expect(found('tags', { tags: ['vip', null, { a: 1 }] })).toMatchObject({ found: ['vip', null, '…'] });
});

const ofCustom = (op: string, value: unknown, fact: unknown) =>
  evaluate({ field: 'custom_fields.visits', op, value } as Condition, { custom_fields: { visits: fact } });

test.each([
  ['gte', 5, '12'], ['gt', 5, ' 5.5 '], ['eq', 3, '3.0'], ['lt', 0, '-1'], ['between', [1, 10], '9'], ['in', [1, 2], '2'], ['eq', true, 'TRUE'], ['ne', true, 'false'],
  ['in', ['9', 10], '9'], ['eq', '007', '007'],
])('the text of a custom field is read as what it is compared with: %s %j holds for %j', (op, value, fact) => {
  expect(ofCustom(op, value, fact)).toMatchObject({ holds: true, trace: { found: fact } });
});

test.each([
  ['gte', 5, '1,200'], ['gte', 5, '12 visits'], ['gte', 5, ''], ['gte', 5, '0x10'], ['gte', 5, '1e3'], ['lte', 5, 'Infinity'], ['eq', true, 'yes'], ['eq', 7, '70'],
  ['ne', 5, '5'], ['not_in', [5], '5'],
])('and stays a text where it is none: %s %j does not hold for %j', (op, value, fact) => {
  expect(ofCustom(op, value, fact).holds).toBe(false);
});

test('a text in a field of a declared type is none of that', () => {
  expect(evaluate({ field: 'company.employees', op: 'gte', value: 5 }, { company: { employees: '12' } }).holds).toBe(false);
});
