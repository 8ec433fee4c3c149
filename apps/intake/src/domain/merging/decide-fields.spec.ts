import type { LeadProfile, MergeChoices, MergePolicy } from '@headwater/contracts';
import type { Lead } from '../lead';
import { decideFields, profileOf } from './decide-fields';
import { DEFAULT_POLICY } from './merge-policy';

const day = (n: number): string => `2026-11-${10 + n}T09:00:00.000Z`;
const lead = (id: number, profile: LeadProfile, more: Partial<Lead> = {}): Lead => ({
  id, tenant_id: 'demo', revision: 1, profile, facts: {}, attribution: { channel: 'direct', entry: 'api' }, edited: {}, enriched: {}, pending: {}, notes: null,
  reengaged_from: null, account: null, converted: null, merged_into: null, created_at: day(id), updated_at: day(id), ...more,
});
const policy = (fields: MergePolicy['fields'], usual: MergePolicy['default'] = 'primary'): MergePolicy => ({ default: usual, fields });

/** What a field comes to, by one strategy or the default policy. */
const decided = (field: keyof LeadProfile, leads: Lead[], how: MergePolicy = DEFAULT_POLICY, choices: MergeChoices = {}) =>
  decideFields(leads, how, choices).find((decision) => decision.field === field);

describe('decideFields', () => {
  it.each<[string, keyof LeadProfile, unknown[], MergePolicy['fields'], unknown, number | null]>([
    ['the primary goes first', 'job_title', ['CTO', 'CEO'], {}, 'CTO', 1],
    ['without a word of it the newest', 'job_title', [undefined, 'CTO', 'CEO'], {}, 'CEO', 3],
    ['newest', 'job_title', ['CTO', 'CEO'], { job_title: 'newest' }, 'CEO', 2],
    ['oldest', 'job_title', ['CTO', 'CEO'], { job_title: 'oldest' }, 'CTO', 1],
    ['longest', 'description', ['short', 'much longer'], { description: 'longest' }, 'much longer', 2],
    ['max', 'employees', [50, 250, 9], { employees: 'max' }, 250, 2],
    ['min', 'employees', [50, 250, 9], { employees: 'min' }, 9, 3],
    ['sum', 'probability', [10, 20], { probability: 'sum' }, 30, null],
    ['union', 'tags', [['a', 'b'], ['b', 'c']], { tags: 'union' }, ['a', 'b', 'c'], null],
    ['union of members, the primary’s first', 'custom_fields', [{ x: 1 }, { x: 2, y: 3 }], { custom_fields: 'union' }, { x: 1, y: 3 }, null],
    ['strictest', 'email_opt_out', [false, true], { email_opt_out: 'strictest' }, true, 2],
    ['the latest consent', 'consent', [{ at: day(3) }, { at: day(4) }], { consent: 'strictest' }, { at: day(4) }, 2],
  ])('%s', (_, field, values, fields, value, from) => {
    const leads = values.map((said, i) => lead(i + 1, said === undefined ? {} : { [field]: said }));
    expect(decided(field, leads, policy(fields))).toMatchObject({ value, from });
  });

  it('takes an address from one lead, the one that knows most of it', () => {
    const leads = [lead(1, { city: 'Rome' }), lead(2, { street: 'Main St 1', city: 'Boston', country: 'US' })];
    expect(['street', 'city', 'country'].map((field) => decided(field as keyof LeadProfile, leads))).toMatchObject([
      { value: 'Main St 1', from: 2, conflict: false }, { value: 'Boston', from: 2, conflict: true }, { value: 'US', from: 2, conflict: false },
    ]);
    const [, richer] = leads;
    expect(decided('postal_code', [lead(1, { postal_code: '00100' }), richer])).toMatchObject({ value: null, from: 2, conflict: true });
  });

  it('says who said what, and whether something is lost', () => {
    expect(decided('job_title', [lead(1, { job_title: 'CTO' }), lead(2, {}), lead(3, { job_title: 'CEO' })])).toEqual({
      field: 'job_title', value: 'CTO', from: 1, rule: 'primary', conflict: true, values: [{ lead_id: 1, value: 'CTO' }, { lead_id: 3, value: 'CEO' }],
    });
    expect(decided('job_title', [lead(1, { job_title: 'CTO' }), lead(2, { job_title: 'CTO' })])).toMatchObject({ conflict: false });
    expect(decided('job_title', [lead(1, {}), lead(2, {})])).toBeUndefined();
  });

  it('counts a person’s edit from when it was made', () => {
    const edited = lead(1, { job_title: 'CTO' }, { edited: { job_title: { by: 'ann', at: day(9) } } });
    expect(decided('job_title', [edited, lead(2, { job_title: 'CEO' })], policy({}, 'newest'))).toMatchObject({ value: 'CTO', from: 1 });
  });

  it('lets the currency go with the amount, and compares no amounts of two currencies', () => {
    const leads = [lead(1, { estimated_value: 10, currency: 'EUR' }), lead(2, { estimated_value: 90, currency: 'EUR' }), lead(3, { currency: 'EUR' })];
    expect(decided('estimated_value', leads, policy({ estimated_value: 'max' }))).toMatchObject({ value: 90, from: 2 });
    const mixed = [lead(1, { estimated_value: 10, currency: 'EUR' }), lead(2, { estimated_value: 90, currency: 'USD' })];
    expect(decided('estimated_value', mixed, policy({ estimated_value: 'sum' }))).toMatchObject({ value: 10, from: 1 });
    expect(decided('currency', mixed, policy({}, 'newest'))).toMatchObject({ value: 'USD', from: 2 });
    expect(decided('currency', mixed, policy({ estimated_value: 'primary' }, 'newest'))).toMatchObject({ value: 'EUR', from: 1 });
  });

  it('does what a person chose, whatever the policy says', () => {
    const leads = [lead(1, { job_title: 'CTO' }), lead(2, { job_title: 'CEO' })];
    expect(decided('job_title', leads, DEFAULT_POLICY, { job_title: { from: 2 } })).toMatchObject({ value: 'CEO', from: 2, rule: 'chosen' });
    expect(decided('city', leads, DEFAULT_POLICY, { city: { value: 'Rome' } })).toMatchObject({ value: 'Rome', from: null, rule: 'given', values: [] });
    expect(() => decided('city', leads, DEFAULT_POLICY, { city: { from: 3 } })).toThrow('fields.city.from must be one of the leads that are merged');
    expect(() => decided('city', leads, DEFAULT_POLICY, { town: { value: 'Rome' } })).toThrow('fields.town is not a field of a lead');
  });
});

it('makes the full name of its parts again when these are another lead’s, unless somebody chose it', () => {
  const leads = [lead(1, { last_name: 'Byron', full_name: 'Byron' }), lead(2, { first_name: 'Ada', last_name: 'Byron', full_name: 'Ada Byron' })];
  expect(profileOf(leads[0], decideFields(leads, DEFAULT_POLICY, {}))).toEqual({ first_name: 'Ada', last_name: 'Byron' });
  expect(profileOf(leads[0], decideFields(leads, DEFAULT_POLICY, { full_name: { value: 'Countess of Lovelace' } }))).toMatchObject({ full_name: 'Countess of Lovelace' });
});
