import type { ConversionMapping, IntakeState, LeadProfile, RecordOverrides } from '@headwater/contracts';
import { checkMapping } from './check-mapping';
import { DEFAULT_MAPPING } from './default-mapping';
import { mapLead } from './map-lead';

const lead = (profile: LeadProfile, company_domain: string | null = null) => ({
  lead_id: 7, revision: 1, created_at: '', updated_at: '', profile, facts: { company_domain }, attribution: { channel: 'event', entry: 'api', campaign: 'fair' },
}) as IntakeState;
const also = (to: string, ...from: string[]): ConversionMapping => ({ fields: [...DEFAULT_MAPPING.fields, { to, from }] });
const own = DEFAULT_MAPPING.fields.length;

describe('the mapping that every tenant begins with', () => {
  it('is valid', () => expect(checkMapping(DEFAULT_MAPPING)).toEqual([]));

  it('carries company, person, custom fields and tags', () => {
    const { values } = mapLead(DEFAULT_MAPPING, lead({
      company_name: ' TechCorp ', first_name: 'Sarah', last_name: 'Johnson', tags: ['demo'], custom_fields: { erp: 'SAP' }, do_not_call: true,
    }, 'TechCorp.com'));
    expect(values).toEqual({
      account: { name: 'TechCorp', domain: 'techcorp.com' }, customer: {}, opportunity: { tags: ['demo'] },
      contact: { full_name: 'Sarah Johnson', first_name: 'Sarah', last_name: 'Johnson', do_not_call: true, custom_fields: { erp: 'SAP' } },
    });
  });
});

describe('checking', () => {
  it.each<[string, string[], string, string]>([
    ['account.shoe_size', ['budget'], `fields.${own}.to`, 'unknown_target'],
    ['lead.name', ['budget'], `fields.${own}.to`, 'unknown_target'],
    ['account.id', ['employees'], `fields.${own}.to`, 'unknown_target'],
    ['account.constructor', ['budget'], `fields.${own}.to`, 'unknown_target'],
    ['account.custom_fields.', ['budget'], `fields.${own}.to`, 'unknown_target'],
    ['account.custom_fields.x', ['shoe_size'], `fields.${own}.from.0`, 'unknown_source'],
    ['account.custom_fields.x', ['custom_fields.'], `fields.${own}.from.0`, 'unknown_source'],
    ['account.custom_fields.x', ['consent'], `fields.${own}.from.0`, 'type_mismatch'],
    ['account.tags', ['budget'], `fields.${own}.from.0`, 'type_mismatch'],
    ['customer.custom_fields', ['tags'], `fields.${own}.from.0`, 'type_mismatch'],
    ['opportunity.currency', ['description'], `fields.${own}.from.0`, 'too_long'],
    ['opportunity.notes', [], `fields.${own}.from`, 'required'],
    ['account.name', ['website'], `fields.${own}.to`, 'mapped_twice'],
  ])('%s from %j: %s is %s', (to, from, field, code) => {
    expect(checkMapping(also(to, ...from)).map((error) => [error.field, error.code])).toEqual([[field, code]]);
  });

  it('takes whole numbers for numbers, not the other way round', () => {
    const without = { fields: DEFAULT_MAPPING.fields.filter(({ to }) => !['account.employees', 'account.annual_revenue'].includes(to)) };
    expect(checkMapping({ fields: [...without.fields, { to: 'account.annual_revenue', from: ['employees'] }] })).toEqual([]);
    expect(checkMapping({ fields: [...without.fields, { to: 'account.employees', from: ['annual_revenue'] }] })).toMatchObject([{ code: 'type_mismatch' }]);
  });

  it.each(['account.name', 'contact.email', 'contact.email_opt_out', 'contact.do_not_call', 'contact.consent'])('misses %s', (to) => {
    expect(checkMapping({ fields: DEFAULT_MAPPING.fields.filter((field) => field.to !== to) })).toMatchObject([{ field: 'fields', code: 'missing_required' }]);
  });
});

describe('mapping', () => {
  const map = (mapping: ConversionMapping, profile: LeadProfile, overrides?: RecordOverrides) => mapLead(mapping, lead(profile), overrides);

  it('takes the first source that says something, and tells which', () => {
    const { values, lines } = map(DEFAULT_MAPPING, { company_name: '  ', email: 'a@b.example' });
    expect(values.account.name).toBe('a@b.example');
    expect(lines).toContainEqual({ to: 'account.name', from: 'contact_point', value: 'a@b.example' });
    expect(map(DEFAULT_MAPPING, {}).values.account.name).toBe('Lead 7');
  });

  it('carries single custom fields of any type, and what intake found out', () => {
    const { values } = map({ fields: [
      { to: 'customer.custom_fields.plan', from: ['custom_fields.plan'] }, { to: 'customer.custom_fields.from', from: ['campaign'] },
      { to: 'opportunity.custom_fields', from: ['custom_fields'] }, { to: 'opportunity.custom_fields.seats', from: ['employees'] },
    ] }, { custom_fields: { plan: ['a', 1], other: true }, employees: 9 });
    expect(values.customer.custom_fields).toEqual({ plan: ['a', 1], from: 'fair' });
    expect(values.opportunity.custom_fields).toEqual({ plan: ['a', 1], other: true, seats: 9 });
  });

  it('leaves a custom value out that its field cannot hold, and says so', () => {
    const { values, warnings } = map(also('opportunity.currency', 'custom_fields.money'), { custom_fields: { money: 12 } });
    expect(values.opportunity).not.toHaveProperty('currency');
    expect(warnings).toEqual([{
      code: 'mapped_value_unfit', detail: 'custom_fields.money was not carried to opportunity.currency, which takes text of at most 3 characters', field: 'opportunity.currency',
    }]);
  });

  it('lets overrides go before the lead, and empty a field', () => {
    const { values, lines } = map(DEFAULT_MAPPING, { company_name: 'A', job_title: 'CTO', custom_fields: { a: 1 } },
      { account: { name: 'B' }, contact: { job_title: null, custom_fields: { b: 2 } } });
    expect(values).toMatchObject({ account: { name: 'B' }, contact: { job_title: null, custom_fields: { a: 1, b: 2 } } });
    expect(lines.filter(({ from }) => from === 'override').map(({ to }) => to)).toEqual(['account.name', 'contact.job_title', 'contact.custom_fields']);
  });
});
