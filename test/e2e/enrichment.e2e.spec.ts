import { call, newLead, post } from './headwater';

const put = (raw: string, type = 'text/csv') => call<Record<string, unknown>>('PUT', '/api/v1/crm/enrichment/companies', undefined, { raw, headers: { 'content-type': type } });

afterAll(() => put('domain\nnobody.example\n'));

test('a table of companies, as CSV, fills a lead; whoever asks waits for it, and the address of what was found is told', async () => {
  const csv = 'Domain;Company;Company Size;Land\nenriched.example;Enriched GmbH;"1.200";Deutschland\n;;5;DE\n';
  expect(await put(csv)).toMatchObject({ status: 200, body: { data: { companies: 1, refused: 1, problems: [{ line: 3, code: 'no_key' }] } } });
  await call('PUT', '/api/v1/crm/enrichment/setup', { providers: [{ name: 'ours', kind: 'company_table' }] });
  const id = await newLead({ first_name: 'Ada', last_name: 'Byron', phone: null, email: `ada.${Date.now()}@enriched.example`, company_name: null, employees: null, country: null });
  const asked = await post(`/leads/${id}/enrich`, undefined, { headers: { prefer: 'wait=10' } });
  expect(asked.status).toBe(200);
  expect(asked.body.data).toMatchObject({ pending: false, attempts: [{ provider: 'ours', outcome: 'found' }] });
  const { body: { data } } = await call<Record<string, unknown>>('GET', `/api/v1/crm/leads/${id}`);
  expect(data).toMatchObject({ company_name: 'Enriched GmbH', employees: 1_200, country: 'DE', website: 'https://enriched.example' });
});

test('a table of which no row is a company takes no place of the one before', async () => {
  await put('domain,city\nkept.example,Bonn\n');
  expect(await put('Stadt,Land\nBonn,DE\nKöln,DE\n')).toMatchObject({ status: 422, body: { code: 'no_companies', errors: [{ field: '(body)' }] } });
  expect(await put('domain,city\n')).toMatchObject({ status: 422, body: { code: 'no_companies' } });
  expect((await call<{ companies: number }>('GET', '/api/v1/crm/enrichment/setup')).body.data.companies).toBe(1);
  expect(await put('{"companies":[]}', 'application/json')).toMatchObject({ status: 200, body: { data: { companies: 0 } } });
});

test.each([
  ['a quote without end', 'domain\n"a', 'text/csv', 400, 'malformed'], ['another type', 'domain\na.example', 'text/plain', 415, 'unsupported_media_type'],
  ['no list', '{"companies": {}}', 'application/json', 422, 'wrong_type'], ['more than there is room for', `domain\n${'x'.repeat(4 * 1_024 * 1_024)}`, 'text/csv', 413, 'too_large'],
])('%s is refused', async (_what, raw, type, status, code) => {
  expect(await put(raw, type)).toMatchObject({ status, body: { code } });
});
