import { FILLABLE, industryOfKind, isFillable, readFact } from './lead-fields';

test.each([
  ['employees', 250, 250], ['employees', '51-200', 51], ['employees', '51 – 200', 51], ['employees', '1,000+', 1_000], ['employees', 'about 1.200 people', 1_200],
  ['employees', '10k', 10_000], ['employees', -3, null], ['employees', 'many', null], ['employees', 1e12, null],
  ['annual_revenue', '12.5M', 12_500_000], ['annual_revenue', '€ 3 Mio.', 3_000_000], ['annual_revenue', '$10M-$50M', 10_000_000],
  ['annual_revenue', '1 234 567', 1_234_567], ['annual_revenue', '2,5 Mrd', 2_500_000_000],
  ['country', 'de', 'DE'], ['country', 'Germany', 'DE'], ['country', 'Deutschland', 'DE'], ['country', 'Allemagne', 'DE'], ['country', 'Nederland', 'NL'], ['country', 'UK', 'GB'],
  ['country', 'Atlantis', null], ['country', 'XX', null],
  ['website', 'techcorp.com', 'https://techcorp.com'], ['website', 'http://a.example/x', 'http://a.example/x'], ['website', 'javascript:alert(1)', null],
  ['website', 'https://user:secret@a.example/', null], ['website', 'localhost', null],
  ['company_name', '  Tech\n\tCorp \u0000 ', 'Tech Corp'], ['company_name', '   ', null], ['company_name', 'x'.repeat(300), 'x'.repeat(200)],
  ['custom_fields.tier', 'gold', 'gold'], ['custom_fields.public', true, true], ['custom_fields.tags', ['a'], null],
  ['email', 'a@b.example', null], ['constructor', 'x', null], ['employees', null, null], ['employees', {}, null],
])('%s of %j is %j', (field, given, expected) => expect(readFact(field, given)).toBe(expected));

test('what identifies a person, or only a person can say, is filled by nobody', () => {
  for (const field of ['email', 'phone', 'mobile', 'first_name', 'last_name', 'full_name', 'consent', 'email_opt_out', 'do_not_call', 'tags', 'toString']) {
    expect([field, isFillable(field)]).toEqual([field, false]);
  }
  expect(FILLABLE.every(isFillable)).toBe(true);
});

test('some kinds of organisation tell their industry', () => {
  expect([['Corporation'], ['Organization', 'NGO'], ['Hospital'], ['FurnitureStore'], ['HighSchool']].map(industryOfKind))
    .toEqual([null, 'non_profit', 'healthcare', 'retail', 'education']);
});
