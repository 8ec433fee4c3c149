import type { IntakeState, LeadProfile } from '@headwater/contracts';
import { DEFAULT_MAPPING } from './mapping/default-mapping';
import { mapLead } from './mapping/map-lead';
import { companyKeys as keysOf, customerType as typeOf, namesCompany, newAccount as accountOf, newContact as contactOf } from './new-records';

const lead = (profile: LeadProfile, company_domain: string | null = null) => ({
  lead_id: 7, revision: 1, created_at: '', updated_at: '', profile, facts: { company_domain },
  attribution: { channel: 'direct', entry: 'api' },
}) as IntakeState;

const valuesOf = (given: IntakeState) => mapLead(DEFAULT_MAPPING, given).values;
const companyKeys = (given: IntakeState) => keysOf(valuesOf(given).account, namesCompany(given));
const newAccount = (given: IntakeState, ownerId: number | null) =>
  accountOf(valuesOf(given).account, companyKeys(given), { lead_id: given.lead_id, ownerId, isCompany: namesCompany(given) });
const newContact = (given: IntakeState) => contactOf(valuesOf(given).contact, given.lead_id);
const customerType = (given: IntakeState) => typeOf(newContact(given), namesCompany(given));

const sarah = { first_name: 'Sarah', last_name: 'Johnson', company_name: 'TechCorp, Inc.', country: 'us', email: 'S.J@TechCorp.com', phone: '+1-555-0123' };

describe('the account of a lead', () => {
  it('bears the company with its keys', () => {
    expect(newAccount(lead(sarah, 'techcorp.com'), 3)).toMatchObject({
      kind: 'company', name: 'TechCorp, Inc.', name_normalised: 'techcorp inc', domain: 'techcorp.com', country: 'US', owner_id: 3, lead_id: 7,
    });
  });

  it.each<[LeadProfile, string]>([
    [{ first_name: 'Sarah', last_name: 'Johnson' }, 'Sarah Johnson'],
    [{ full_name: 'Sarah Johnson', first_name: 'S' }, 'Sarah Johnson'],
    [{ email: 'sarah@gmail.com' }, 'sarah@gmail.com'],
    [{ mobile: '555' }, '555'],
    [{ company_name: '   ' }, 'Lead 7'],
  ])('of %j, without a company, bears "%s"', (profile, name) => {
    expect(newAccount(lead(profile), null)).toMatchObject({ kind: 'person', name });
  });

  it('of a person is not found by the domain of their e-mail', () => {
    expect(newAccount(lead({ full_name: 'Sarah' }, 'techcorp.com'), null).domain).toBeNull();
  });

  it('is looked for by domain, name and country', () => {
    expect(companyKeys(lead(sarah, 'TechCorp.com'))).toEqual({ domain: 'techcorp.com', name: 'techcorp inc', country: 'US' });
    expect(companyKeys(lead({}))).toEqual({ domain: null, name: null, country: null });
  });
});

describe('the contact of a lead', () => {
  it('keeps e-mail and phone as they were given, and opt-outs', () => {
    expect(newContact(lead({ ...sarah, do_not_call: true, consent: { text_version: '3' } }))).toMatchObject({
      full_name: 'Sarah Johnson', email: 'S.J@TechCorp.com', email_normalised: 's.j@techcorp.com', phone: '+1-555-0123',
      phone_digits: '15550123', email_opt_out: false, do_not_call: true, consent: { text_version: '3' },
    });
  });
});

describe('the type of a customer', () => {
  it.each<[LeadProfile, string]>([
    [{ first_name: 'Sarah', company_name: 'TechCorp' }, 'individual'],
    [{ full_name: 'Sarah' }, 'individual'],
    [{ company_name: 'TechCorp' }, 'organization'],
    [{ company_name: 'TechCorp', first_name: ' ' }, 'organization'],
    [{ email: 'a@b.c' }, 'individual'],
    [{ phone: '+49 40 1234' }, 'individual'],
  ])('of %j is %s', (profile, type) => expect(customerType(lead(profile))).toBe(type));
});
