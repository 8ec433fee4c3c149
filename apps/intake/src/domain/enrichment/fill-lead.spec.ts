import fc from 'fast-check';
import type { LeadProfile, TenantSettings } from '@headwater/contracts';
import { fillLead, hasRoom, type Finding } from './fill-lead';
import type { Fact } from './lead-fields';
import { stillEnriched, type Enriched } from './provenance';

const tenant: TenantSettings = { id: 'demo', currency: 'USD', time_zone: 'UTC', picklists: { industries: ['Wind'], sources: [] }, policies: {} };
const now = '2026-03-02T10:00:00.000Z';
const fact = (field: string, value: Fact['value'], confidence = 0.8): Fact => ({ field, value, confidence });
const by = (provider: string, ...facts: Fact[]): Finding => ({ provider, facts });

const fill = (profile: LeadProfile, findings: Finding[], more: { edited?: object; enriched?: Enriched; minConfidence?: number } = {}) =>
  fillLead({ profile, facts: {}, edited: {}, enriched: {}, ...more } as never, findings, { minConfidence: more.minConfidence ?? 0.5, tenant, now });
const why = ({ shown }: ReturnType<typeof fill>) => Object.fromEntries(shown.map(({ provider, field, unused }) => [`${provider} ${field}`, unused]));

test('what is empty is filled, in the form that a lead keeps, with who said it', () => {
  const filled = fill({ company_name: 'TechCorp' }, [by('web', fact('company_name', 'TechCorp Inc'), fact('industry', 'WIND'), fact('employees', 250), fact('logo', 'x'))]);
  expect(filled).toMatchObject({
    profile: { company_name: 'TechCorp', industry: 'Wind', employees: 250 }, changed: ['industry', 'employees'],
    enriched: { industry: { provider: 'web', confidence: 0.8, at: now }, employees: { provider: 'web' } },
  });
  expect(why(filled)).toEqual({ 'web company_name': 'has_value', 'web logo': 'no_lead_field' });
});

test('an industry that nobody knows is kept as it was said', () => {
  expect(fill({}, [by('web', fact('industry', 'Alchemy'))])).toMatchObject({ profile: { industry: 'other' }, facts: { industry_raw: 'Alchemy' } });
});

test('a website tells the domain only of a lead that has none', () => {
  expect(fill({}, [by('web', fact('website', 'https://www.techcorp.com'))]).facts.company_domain).toBe('techcorp.com');
});

test('what a person edited stays, emptied or not', () => {
  const filled = fill({ custom_fields: { a: 1 } }, [by('web', fact('industry', 'finance'), fact('custom_fields.b', 2))], { edited: { industry: {}, custom_fields: {} } });
  expect(filled.changed).toEqual([]);
  expect(why(filled)).toEqual({ 'web industry': 'edited', 'web custom_fields.b': 'edited' });
});

test('of two that disagree the surer is believed, of equals the earlier', () => {
  const filled = fill({}, [by('first', fact('employees', 1, 0.7), fact('city', 'A', 0.9)), by('second', fact('employees', 2, 0.9), fact('city', 'B', 0.9))]);
  expect(filled.profile).toEqual({ employees: 2, city: 'A' });
  expect(why(filled)).toEqual({ 'first employees': 'another_was_surer', 'second city': 'another_was_surer' });
});

test('what is not sure enough is only shown', () => {
  const filled = fill({}, [by('web', fact('company_name', 'Dealer', 0.43))]);
  expect([filled.changed, why(filled)]).toEqual([[], { 'web company_name': 'not_sure_enough' }]);
});

test('an address comes from one provider, and contradicts nothing', () => {
  const findings = [by('web', fact('city', 'Austin', 0.7), fact('country', 'US', 0.7)), by('table', fact('city', 'Berlin', 0.9), fact('postal_code', '10115', 0.9))];
  expect(fill({}, findings).profile).toEqual({ city: 'Berlin', postal_code: '10115' });
  const kept = fill({ city: 'Hamburg' }, findings);
  expect([kept.changed, why(kept)['table postal_code']]).toEqual([[], 'contradicts_address']);
  expect(fill({ city: 'BERLIN' }, findings).profile).toEqual({ city: 'BERLIN', postal_code: '10115' });
});

test('what was filled before is nobody\'s word: its provider may correct it, and a surer one', () => {
  const enriched = { employees: { provider: 'web', confidence: 0.7, at: now } };
  const again = (finding: Finding) => fill({ employees: 250 }, [finding], { enriched });
  expect(again(by('web', fact('employees', 300, 0.6))).profile.employees).toBe(300);
  expect(again(by('table', fact('employees', 300, 0.7))).profile.employees).toBe(250);
  expect(again(by('table', fact('employees', 300, 0.8))).enriched.employees).toMatchObject({ provider: 'table', confidence: 0.8 });
});

test('custom fields are filled by key', () => {
  const filled = fill({ custom_fields: { tier: 'gold' } }, [by('api', fact('custom_fields.tier', 'silver'), fact('custom_fields.seats', 5))]);
  expect(filled).toMatchObject({ profile: { custom_fields: { tier: 'gold', seats: 5 } }, changed: ['custom_fields'], enriched: { 'custom_fields.seats': { provider: 'api' } } });
});

test('a provider has room while one of its fields is empty, or nobody\'s word', () => {
  const lead = { profile: { industry: 'finance', employees: 5 }, facts: {}, edited: { city: {} }, enriched: { employees: { provider: 'web', confidence: 1, at: now } } } as never;
  expect([['industry'], ['industry', 'city'], ['employees'], ['country'], ['custom_fields.x'], []].map((fields) => hasRoom(lead, fields))).toEqual([false, false, true, true, true, false]);
});

test('who gives a field another value has the word', () => {
  const enriched = { employees: { provider: 'web', confidence: 1, at: now }, 'custom_fields.a': { provider: 'web', confidence: 1, at: now } };
  expect(Object.keys(stillEnriched(enriched, { employees: 5, custom_fields: { a: 1 } }, { employees: 6, custom_fields: { a: 1, b: 2 } }))).toEqual(['custom_fields.a']);
  expect(stillEnriched(enriched, { employees: 5 }, { employees: 5 })).toBe(enriched);
});

const facts = fc.array(fc.record({
  field: fc.constantFrom('company_name', 'industry', 'employees', 'city', 'country', 'custom_fields.a', 'logo'), value: fc.constantFrom('DE', 'US', 'Wind'), confidence: fc.double({ min: 0, max: 1, noNaN: true }),
}), { maxLength: 8 });
const findings = fc.array(fc.record({ provider: fc.constantFrom('a', 'b', 'c'), facts }), { maxLength: 3 });

test('law: nothing that was said is changed, every fact is used or shown, and what is filled has its provenance', () => {
  fc.assert(fc.property(findings, fc.constantFrom<LeadProfile>({}, { city: 'Rome' }, { industry: 'Wind', custom_fields: { a: 7 } }), (found, profile) => {
    const filled = fill(profile, found);
    for (const [field, value] of Object.entries(profile)) expect(filled.profile).toHaveProperty(field, typeof value === 'object' ? expect.objectContaining(value as object) : value);
    expect(filled.shown.length + Object.keys(filled.enriched).length).toBe(found.flatMap((one) => one.facts).length);
    const given = Object.keys(filled.enriched).map((field) => field.split('.')[0]);
    expect([...new Set(given)].sort()).toEqual([...filled.changed].sort());
  }));
});
