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
