import { DEFAULT_MODEL, type MatchingModel } from '@headwater/matching';
import type { LeadProfile } from '@headwater/contracts';
import { completeName } from '../person-name';
import { comparableOfLead, IDENTIFYING, identityOf, keysOfComparable } from './comparable-of-lead';

const comparable = (profile: LeadProfile, facts = {}, model = DEFAULT_MODEL) => comparableOfLead({ profile, facts }, model);

test('a lead is compared by what it says of a person, in the form in which two spellings are equal', () => {
  expect(comparable({
    first_name: 'Zoë', last_name: "O'Brien", email: 'Zoe.OBrien+crm@gmail.com', phone: '+4930901820', company_name: 'Acme GmbH', street: 'Main Street 5',
    country: 'DE', job_title: 'CTO',
  }, { company_domain: 'acme.com' })).toEqual({
    first_name: 'zoe', last_name: 'obrien', email: 'zoeobrien@gmail.com', phone: '4930901820', company_name: 'acme', website: 'acme.com',
    street: 'main st 5', country: 'de',
  });
});

test('a mobile stands in for a phone, a full name for its parts, and an address that is none is compared as it is', () => {
  expect(comparable({ full_name: 'Ann Ito', mobile: '+4915112345678', email: 'ann@localhost' }))
    .toEqual({ first_name: 'ann', last_name: 'ito', phone: '5112345678', email: 'ann@localhost' });
});

test('a name that only fills its field is nobody\'s, though it was split at capture', () => {
  expect(comparable(completeName({ full_name: 'Not available' }))).toEqual({});
  expect(comparable(completeName({ first_name: 'n/a', full_name: 'Ann Ito' }))).toEqual({ first_name: 'ann', last_name: 'ito' });
});

test('the mailbox of a role is nobody\'s', () => {
  expect(comparable({ last_name: 'Ito', email: 'info@shop.example.com' }, { email_kind: 'role', company_domain: 'example.com' }))
    .toEqual({ last_name: 'ito', website: 'example.com' });
});

describe('custom fields', () => {
  const model: MatchingModel = {
    ...DEFAULT_MODEL, fields: [...DEFAULT_MODEL.fields, { name: 'custom_fields.born', kind: 'date', about: 'person' }],
  };

  test('are compared when the tenant has declared them', () => {
    const profile = { last_name: 'Ito', custom_fields: { born: '24.6.1971', size: 7 } };
    expect(comparable(profile, {}, model)).toEqual({ last_name: 'ito', 'custom_fields.born': '19710624' });
    expect(comparable(profile)).toEqual({ last_name: 'ito' });
    expect(comparable({ custom_fields: { born: 19710624 } }, {}, model)).toEqual({ 'custom_fields.born': '19710624' });
    expect(comparable({ custom_fields: { born: true } }, {}, model)).toEqual({});
  });

  test('of a person are part of who somebody is', () => {
    expect(identityOf({ last_name: 'ito', 'custom_fields.born': '19710624' }, model)).not.toBe(identityOf({ last_name: 'ito' }, model));
  });
});

test('who somebody is doesn\'t change with where they work and live; an organisation is its name', () => {
  const identity = (more: object) => identityOf({ last_name: 'ito', ...more }, DEFAULT_MODEL);
  expect(identity({ company_name: 'acme', city: 'rome', website: 'acme.com' })).toBe(identity({}));
  for (const changed of [{ email: 'a@b.io' }, { phone: '4930901820' }, { first_name: 'ann' }]) expect(identity(changed)).not.toBe(identity({}));
  expect(identityOf({ company_name: 'acme' }, DEFAULT_MODEL)).not.toBe(identityOf({ company_name: 'ajax' }, DEFAULT_MODEL));
});

test('keys of one value are different numbers in two tenants', () => {
  const keys = (tenant: string) => keysOfComparable(tenant, { last_name: 'ito', email: 'annito@b.io' }, DEFAULT_MODEL);
  expect(keys('a')).toEqual(keys('a'));
  expect(new Set([...keys('a'), ...keys('b')]).size).toBe(2 * keys('a').length);
});

test('every built-in field that is compared makes a lead worth matching anew', () => {
  expect(DEFAULT_MODEL.fields.map(({ name }) => name).filter((name) => !(IDENTIFYING as readonly string[]).includes(name))).toEqual([]);
});
