import fc from 'fast-check';
import { CreateLead } from '@headwater/contracts';
import { compileValidator } from '@headwater/platform';
import { TARGET_PATHS } from './lead-targets';
import { readLeadFields } from './lead-fields';

const leadOf = (fields: Record<string, unknown>) => readLeadFields(fields).lead;
const codes = (fields: Record<string, unknown>) => readLeadFields(fields).problems.map(({ field, code }) => `${field} ${code}`);

it('knows fields by their own names, by paths, and by what forms and exports call them', () => {
  expect(leadOf({
    'First Name': 'Sarah', lastname: 'Johnson', 'E-Mail-Adresse': 's@techcorp.com', company: 'TechCorp', Title: 'CTO', 'Company Size': '250', PLZ: '10115',
    utm_source: 'google', 'utm.medium': 'cpc', gclid: 'abc', 'custom_fields.size': 'L', lead_source: 'web', Country: 'Deutschland',
  })).toEqual({
    first_name: 'Sarah', last_name: 'Johnson', email: 's@techcorp.com', company_name: 'TechCorp', job_title: 'CTO', employees: 250, postal_code: '10115',
    utm: { source: 'google', medium: 'cpc' }, click_ids: { gclid: 'abc' }, custom_fields: { size: 'L' }, source: 'web', country: 'DE',
  });
});

it('says what it does not know', () => {
  expect(readLeadFields({ email: 'a@b.io', 'g-recaptcha-response': 'xyz', '00N5j000000pTbO': 'R1' })).toEqual({
    lead: { email: 'a@b.io' }, problems: [], unknown: { 'g-recaptcha-response': 'xyz', '00N5j000000pTbO': 'R1' },
  });
});

it('takes the first value of two for one place, and none of an empty one', () => {
  expect(leadOf({ phone: ' ', tel: '+49 30 1', telephone: '+49 30 2' })).toEqual({ phone: '+49 30 1' });
});

it('reads texts as what the field is', () => {
  expect(leadOf({ annual_revenue: '$1.2M', do_not_call: 'on', email_opt_out: 'nein', tags: 'a, b;a', currency: 'eur', 'consent.at': '2026-11-28T10:00:00+01:00' })).toEqual({
    annual_revenue: 1_200_000, do_not_call: true, email_opt_out: false, tags: ['a', 'b'], currency: 'EUR', consent: { at: '2026-11-28T09:00:00.000Z' },
  });
});

it('cuts or leaves out what does not fit, and says so without the value', () => {
  expect(codes({
    first_name: 'x'.repeat(101), employees: 'many', probability: 200, do_not_call: 'maybe', country: 'Atlantis', currency: 'gold', website: { url: 1 },
    tags: Array.from({ length: 60 }, (_, i) => `t${i}`), 'consent.at': 'yesterday',
  })).toEqual([
    'first_name too_long', 'employees no_number', 'probability out_of_range', 'do_not_call no_flag', 'country no_country', 'currency no_currency', 'website no_text',
    'tags too_many', 'consent.at no_instant',
  ]);
  expect(readLeadFields({ employees: '51-200' })).toMatchObject({ lead: { employees: 51 }, problems: [{ code: 'range' }] });
});

it('keeps a custom field named __proto__ as a field', () => {
  const { custom_fields } = leadOf({ 'custom_fields.__proto__': 'x' });
  expect(Object.keys(custom_fields!)).toEqual(['__proto__']);
});

it('makes a lead that the API would take, of whatever', () => {
  const validate = compileValidator(CreateLead, { closed: true });
  const name = fc.oneof(fc.constantFrom(...TARGET_PATHS, 'custom_fields.a', 'Company', 'id'), fc.string());
  fc.assert(fc.property(fc.dictionary(name, fc.anything()), (fields) => {
    expect(() => validate(leadOf(fields))).not.toThrow();
  }));
  fc.assert(fc.property(fc.constantFrom(...TARGET_PATHS), fc.string({ maxLength: 400, unit: 'binary' }), (path, text) => {
    expect(() => validate(leadOf({ [path]: text.repeat(30) }))).not.toThrow();
  }));
});
