import { matchKeys } from './keys';
import { DEFAULT_MODEL, type MatchingModel } from './model';

const model: MatchingModel = {
  ...DEFAULT_MODEL, fields: [...DEFAULT_MODEL.fields, { name: 'custom_fields.born', kind: 'date', about: 'person' }],
};
const meet = (a: Record<string, string>, b: Record<string, string>): boolean => {
  const keys = matchKeys(a, model);
  return matchKeys(b, model).some((key) => keys.includes(key));
};

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['equal e-mail', { email: 'a@example.com' }, { email: 'a@example.com', last_name: 'ito' }],
  ['the same mailbox elsewhere', { email: 'sarah.johnson@example.com' }, { email: 'sarah.johnson@mail.test' }],
  ['a phone with and without its country', { phone: '493012345678' }, { phone: '12345678' }],
  ['names that sound alike', { first_name: 'stephen', last_name: 'meier' }, { first_name: 'stephan', last_name: 'meyer' }],
  ['names in each other\'s boxes', { first_name: 'ito', last_name: 'hana' }, { first_name: 'hana', last_name: 'ito' }],
  [
    'another family name at one address', { first_name: 'ann', last_name: 'ito', street: '12 main st' },
    { first_name: 'ann', last_name: 'ray', street: '12 main st' },
  ],
  [
    'a company by a word and its place', { company_name: 'acme tools', postal_code: '10001' },
    { company_name: 'tools of acme', postal_code: '10001' },
  ],
  ['the domain', { website: 'acme.test' }, { website: 'acme.test' }],
  [
    'a date of birth, with another name', { 'custom_fields.born': '19710624', last_name: 'ito' },
    { 'custom_fields.born': '19710624', last_name: 'ray' },
  ],
  [
    'another year of birth, with the name', { 'custom_fields.born': '19710624', first_name: 'ann' },
    { 'custom_fields.born': '19820624', first_name: 'ann' },
  ],
])('records meet by %s', (_, a, b) => {
  expect(meet(a, b)).toBe(true);
});

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['a city', { city: 'paris', first_name: 'ann' }, { city: 'paris', first_name: 'bob' }],
  ['a given name', { first_name: 'ann', last_name: 'ito' }, { first_name: 'ann', last_name: 'ray' }],
  ['a short mailbox elsewhere', { email: 'info@example.com' }, { email: 'info@mail.test' }],
  ['nothing', {}, {}],
])('records don\'t meet by %s alone', (_, a, b) => {
  expect(meet(a, b)).toBe(false);
});

test('a record has each key once', () => {
  const record = { first_name: 'ann', last_name: 'ann', company_name: 'acme acme', street: '1 main st', postal_code: '10001' };
  const keys = matchKeys(record, model);
  expect(new Set(keys).size).toBe(keys.length);
});
