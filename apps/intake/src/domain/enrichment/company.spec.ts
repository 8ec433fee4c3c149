import { nameKeyOf, readCompany } from './company';

test('a row is found by its domain and its name, and says what it has of a lead', () => {
  expect(readCompany({ domain: 'https://www.TechCorp.com/about', Company: 'TechCorp, Inc.', employees: '51-200', Land: 'Germany', 'custom_fields.tier': 'gold', email: 'a@b.example', x: 'y' })).toEqual({
    domain: 'techcorp.com', nameKey: 'techcorp', fields: { company_name: 'TechCorp, Inc.', website: 'https://www.TechCorp.com/about', employees: 51, country: 'DE', 'custom_fields.tier': 'gold' },
  });
  expect(readCompany({ company_name: 'Ada GmbH', website: 'ada.example.com' })).toMatchObject({ domain: 'example.com', fields: { website: 'https://ada.example.com' } });
});

test.each([[{ employees: '5' }], [{ domain: 'localhost' }], [{ domain: '  ', company_name: ' ' }]])('%j can not be found', (row) => {
  expect(readCompany(row as Record<string, string>)).toMatchObject({ code: 'no_key' });
});

test('legal forms tell no companies apart', () => expect(nameKeyOf('TECHCORP Ltd')).toBe(nameKeyOf('TechCorp, Inc.')));
