import { checkHttpQuestion, httpQuestion, withKey } from './http-question';
import type { HttpJsonSettings } from './setup-document';

const lead = { profile: { email: 'ada+x@techcorp.com', company_name: 'Tech & Corp', country: 'DE' }, facts: { company_domain: 'techcorp.com', email_valid: true } };
const settings = (more: Partial<HttpJsonSettings>): HttpJsonSettings => ({ url: 'https://api.example.com/v1?d={domain}', fields: [], ...more });

test('a question is made of a lead, and its key comes last', () => {
  const asked = httpQuestion(lead, settings({
    url: 'https://api.example.com/{company_name}?d={domain}&e={email}&k={key}', headers: { Authorization: 'Bearer {key}' }, body: { q: ['{company_name}'], n: 1, k: '{key}' },
  }));
  expect(asked).toEqual({
    method: 'POST', url: 'https://api.example.com/Tech%20%26%20Corp?d=techcorp.com&e=ada%2Bx%40techcorp.com&k={key}', headers: { authorization: 'Bearer {key}' },
    body: '{"q":["Tech & Corp"],"n":1,"k":"{key}"}',
  });
  expect(withKey(asked!, 'a"b')).toMatchObject({ url: expect.stringContaining('k=a%22b'), headers: { authorization: 'Bearer a"b' }, body: '{"q":["Tech & Corp"],"n":1,"k":"a\\"b"}' });
});

test('without what it needs there is no question', () => {
  expect(httpQuestion({ profile: {}, facts: {} }, settings({}))).toBeNull();
  expect(httpQuestion({ ...lead, facts: { email_valid: false } }, settings({ url: 'https://a.example/{email}' }))).toBeNull();
  expect(httpQuestion({ profile: {}, facts: {} }, settings({ url: 'https://a.example/all' }))).not.toBeNull();
});

test.each<[string, Partial<HttpJsonSettings>, string, string]>([
  ['a place that is none', { url: 'https://a.example/{name}' }, 'url', 'unknown_place'], ['a place in a body', { body: { a: '{b}' } }, 'body', 'unknown_place'],
  ['no URL', { url: 'api.example.com' }, 'url', 'no_url'], ['another scheme', { url: 'ftp://a.example/' }, 'url', 'no_url'], ['no host', { url: 'https:///x' }, 'url', 'no_url'],
  ['a lead\'s host', { url: 'https://{domain}/api' }, 'url', 'place_in_host'], ['half a host', { url: 'https://x.{domain}' }, 'url', 'place_in_host'],
  ['a password', { url: 'https://a:{key}@a.example/' }, 'url', 'place_in_host'], ['a user', { url: 'https://a@a.example/' }, 'url', 'credentials_in_url'],
  ['a host inside', { url: 'http://127.0.0.1/{domain}' }, 'url', 'address_not_public'], ['one by its number', { url: 'https://2130706433:8443/' }, 'url', 'address_not_public'],
  ['the host itself', { url: 'http://localhost/{domain}' }, 'url', 'address_not_public'], ['another port', { url: 'https://api.example.com:8443/' }, 'url', 'port_not_allowed'],
  ['one of IPv6', { url: 'http://[::ffff:10.0.0.1]/x' }, 'url', 'address_not_public'], ['a header with a break', { headers: { a: 'b\r\nc: d' } }, 'headers.a', 'illegal_text'], ['a header of the connection', { headers: { Host: 'x' } }, 'headers.Host', 'illegal_name'],
  ['a header that is no text', { headers: { a: 1 as never } }, 'headers.a', 'illegal_text'], ['a body of a GET', { method: 'GET', body: { a: 1 } }, 'body', 'not_with_get'],
])('%s is refused', (_what, more, field, code) => {
  expect(checkHttpQuestion(settings(more), [])).toContainEqual(expect.objectContaining({ field, code }));
});

test.each<[string, Partial<HttpJsonSettings>]>([
  ['a good one', { headers: { 'X-Key': '{key}' } }], ['a public address', { url: 'https://8.8.8.8/{domain}' }], ['a host inside that is named', { url: 'http://10.0.0.7:8080/{domain}' }],
  ['one whose address is named', { url: 'https://inside.example:9000/{domain}' }],
])('%s is not', (_what, more) => expect(checkHttpQuestion(settings(more), [
  { host: '10.0.0.7', port: 8080, at: null }, { host: 'inside.example', port: null, at: { address: '10.0.0.8', port: 80 } },
])).toEqual([]));
