import Ajv2020 from 'ajv/dist/2020';
import {
  allEvents, CreateLead, DomainError, jsonSchemaOf, LeadScoredData, nestedClasses, PatchLead, QualifyRequest,
} from '@headwater/contracts';
import { compileValidator } from './validator';

const createLead = compileValidator(CreateLead, { closed: true });
const patchLead = compileValidator(PatchLead, { closed: true });
const qualify = compileValidator(QualifyRequest, { closed: true });

function refusal(validate: () => unknown): { field: string; code: string }[] {
  try {
    validate();
  } catch (error) {
    return (error as DomainError).body.errors?.map(({ field, code }) => ({ field, code })) ?? [];
  }
  return [];
}

describe('compileValidator', () => {
  it('lets through what is declared, null included', () => {
    const body = { first_name: 'Sarah', employees: 250, tags: ['a'], custom_fields: { a: 1, b: null, c: ['x', 2, true] }, utm: { source: 'x' }, website: null };
    expect(createLead(body)).toBe(body);
    expect(patchLead({})).toEqual({});
  });

  it.each([
    [{ first_name: 7 }, 'first_name', 'wrong_type'],
    [{ nonsense: 1 }, 'nonsense', 'unknown_field'],
    [{ utm: { sauce: 'x' } }, 'utm.sauce', 'unknown_field'],
    [{ first_name: 'x'.repeat(101) }, 'first_name', 'too_long'],
    [{ employees: -1 }, 'employees', 'too_small'],
    [{ employees: 1.5 }, 'employees', 'wrong_type'],
    [{ annual_revenue: Infinity }, 'annual_revenue', 'wrong_type'],
    [{ tags: 'a' }, 'tags', 'wrong_type'],
    [{ tags: Array.from({ length: 51 }, () => 'x') }, 'tags', 'too_many'],
    [{ tags: [1] }, 'tags.0', 'wrong_type'],
    [{ country: 'USA' }, 'country', 'too_long'],
    [{ currency: 'usd' }, 'currency', 'wrong_format'],
    [{ custom_fields: { a: { b: 1 } } }, 'custom_fields.a', 'wrong_type'],
    [{ custom_fields: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`k${i}`, i])) }, 'custom_fields', 'too_many'],
    [{ consent: 'yes' }, 'consent', 'wrong_type'],
    [{ consent: { at: 'yesterday' } }, 'consent.at', 'wrong_format'],
    ...['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-12:00'].map((at): [object, string, string] => [{ consent: { at } }, 'consent.at', 'wrong_format']),
    ['text', '(body)', 'wrong_type'],
    [[], '(body)', 'wrong_type'],
  ])('refuses %j at %s as %s', (body, field, code) => {
    expect(refusal(() => createLead(body))).toContainEqual({ field, code });
  });

  it('names the accepted values of a list, and every field that is wrong', () => {
    expect(refusal(() => patchLead({ status: 'warm', rating: 9 }))).toEqual(
      expect.arrayContaining([{ field: 'status', code: 'unknown_value' }, { field: 'rating', code: 'too_large' }]));
    expect(() => patchLead({ status: 'warm' })).toThrow(/new, contacted, nurturing, qualified, disqualified, converted, unqualified/);
    expect(refusal(() => qualify({}))).toEqual([{ field: 'qualified', code: 'required' }]);
    expect(refusal(() => qualify({ qualified: null }))).toEqual([{ field: 'qualified', code: 'wrong_type' }]);
  });

  it('says what a text should look like', () => {
    expect(() => createLead({ consent: { at: 'yesterday' } })).toThrow('consent.at must be a moment with its time zone (RFC 3339), such as 2026-06-30T12:00:00Z');
    expect(() => patchLead({ next_follow_up: '2026-02-31' })).toThrow('next_follow_up must be a date, YYYY-MM-DD');
    expect(() => createLead({ currency: 'usd' })).toThrow('currency is not of the expected form, such as USD');
  });

  it('says of a document that may be null what is wrong inside, and no more', () => {
    expect(refusal(() => qualify({ qualified: true, bant: { money: { status: 'confirmed' } } }))).toEqual([{ field: 'bant.money', code: 'unknown_field' }]);
    expect(() => qualify({ qualified: true, bant: 'yes' })).toThrow('bant must be an object');
  });

  it('takes null for an optional document', () => {
    expect(createLead({ consent: null, utm: null })).toEqual({ consent: null, utm: null });
  });

  it('makes schemas that are valid, which it leaves to this', () => {
    const ajv = new Ajv2020();
    const types = [CreateLead, PatchLead, QualifyRequest, ...allEvents().map(({ data }) => data)];
    for (const type of types.flatMap((one) => [...nestedClasses(one)])) {
      expect([type.name, ajv.validateSchema(jsonSchemaOf(type, { closed: true, refPrefix: '' }))]).toEqual([type.name, true]);
    }
  });

  it('reads events tolerantly', () => {
    const event = compileValidator(LeadScoredData, { closed: false });
    expect(refusal(() => event({ contributions: [] })).map(({ field }) => field).sort()).toEqual(['lead', 'score']);
  });
});
