import * as fc from 'fast-check';
import type { Condition, Facts, FieldCatalogue, FieldType } from '../src';

export const fields: FieldCatalogue = {
  country: 'text',
  job_title: 'text',
  'company.employees': 'number',
  is_partner: 'boolean',
  captured_at: 'date',
  tags: 'text_list',
};

// Few values, so that conditions and facts meet.
const values = {
  text: fc.constantFrom('DE', 'de', 'AT', 'Vice President', 'Vice-Président', 'x'),
  number: fc.oneof(fc.constantFrom(-1, 0, 499.5, 500), fc.double({ noNaN: true, noDefaultInfinity: true })),
  boolean: fc.boolean(),
  date: fc.constantFrom('2026-01-30', '2026-01-31', '2026-01-31T09:30:00Z', '2026-01-31T23:30:00-05:00'),
};
const scalar = { ...values, text_list: values.text, any: fc.oneof(values.text, values.number, values.boolean, values.date) };

const asc = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);
const days = fc.constantFrom('2026-01-30', '2026-01-31', '2026-02-01');
const range = (bound: fc.Arbitrary<number | string>): fc.Arbitrary<unknown> =>
  fc.tuple(bound, bound).map((pair) => pair.sort(asc));
const ranges = { number: range(values.number), date: range(days), any: fc.oneof(range(values.number), range(days)) };

const asked = (field: string, ops: string[], value?: fc.Arbitrary<unknown>): fc.Arbitrary<Condition> =>
  fc.record({ field: fc.constant(field), op: fc.constantFrom(...ops), ...(value ? { value } : {}) }) as fc.Arbitrary<never>;

const list = (item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.array(item, { minLength: 1, maxLength: 4 });

function askedOf(field: string, type: FieldType): fc.Arbitrary<Condition> {
  const isAny = type === 'any';
  const ordered = isAny ? fc.oneof(values.number, values.date) : scalar[type];
  return fc.oneof(
    asked(field, ['exists', 'missing']),
    ...(type === 'text_list'
      ? [] : [asked(field, ['eq', 'ne'], scalar[type]), asked(field, ['in', 'not_in'], list(scalar[type]))]),
    ...(type === 'text' || isAny
      ? [asked(field, ['contains', 'starts_with', 'ends_with', 'matches_word'], values.text)] : []),
    ...(type === 'text_list' || isAny ? [asked(field, ['has_any', 'has_all'], list(values.text))] : []),
    ...(type === 'number' || type === 'date' || isAny
      ? [asked(field, ['gt', 'gte', 'lt', 'lte'], ordered), asked(field, ['between'], ranges[type])] : []),
  );
}

const comparison = fc.oneof(
  ...Object.entries(fields).map(([field, type]) => askedOf(field, type)),
  askedOf('custom_fields.budget.code', 'any'),
);

/** Conditions that a check over `fields` must accept. */
export const condition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    comparison,
    fc.constant({ always: true as const }),
    fc.record({ not: tie('condition') }),
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
  ),
})).condition;

const likely = fc.record({
  country: values.text,
  job_title: values.text,
  company: fc.record({ employees: values.number }),
  is_partner: values.boolean,
  captured_at: values.date,
  tags: fc.array(values.text, { maxLength: 4 }),
  custom_fields: fc.record({ 'budget.code': fc.oneof(scalar.any, fc.constantFrom('500', '499.5', 'true'), fc.array(values.text)) }),
}, { requiredKeys: [] });

const unlikely = fc.dictionary(
  fc.constantFrom('country', 'job_title', 'company', 'is_partner', 'captured_at', 'tags', 'custom_fields'), fc.jsonValue(),
);

/** Facts that fit, facts of the wrong type, and any JSON at all. */
export const facts = fc.oneof(likely, unlikely, fc.jsonValue()) as fc.Arbitrary<Facts>;
