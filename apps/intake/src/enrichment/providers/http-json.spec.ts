import { httpJson } from './http-json';

const given = (body: Buffer, contentType = 'application/json') => httpJson.ask(
  { method: 'GET', url: 'https://data.example/', headers: {}, body: null } as never,
  { url: 'https://data.example/', fields: [{ path: '$.name', field: 'company_name' }] } as never,
  { services: { fetch: async () => ({ status: 200, cut: false, body, contentType }) }, userAgent: 'test', key: null, ended: new AbortController().signal } as never);

it.each([
  ['UTF-8, whatever a page within says of itself', Buffer.from('{"page":"<meta charset=koi8-r>","name":"Müller"}'), undefined],
  ['what its header says', Buffer.from('{"name":"M\xfcller"}', 'latin1'), 'application/json; charset=iso-8859-1'],
])('an answer is read as %s', async (_what, body, contentType) => {
  expect(await given(body, contentType)).toMatchObject([{ field: 'company_name', value: 'Müller' }]);
});
