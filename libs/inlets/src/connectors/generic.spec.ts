import { NOW, read, request, settings, testWith } from '../../test/payloads';
import { leadOf } from './answers-to-lead';
import { generic } from './generic';
import { readDeliveries } from './read-deliveries';
import { hmac } from './signatures';

describe('any webhook', () => {
  it('reads leads by a mapping of JSONPaths, several of one document', () => {
    const mapping = {
      list: '$.leads[*]', id: '$.ref', test: '$.sandbox',
      lead: { email: '$.contact.mail', full_name: '$.contact.name', tags: '$.labels[*]', 'custom_fields.product': '$.qa[?@.key == "product"].value', source: 'partner' },
    };
    expect(read(generic, {
      leads: [
        { ref: 7, contact: { mail: 'a@b.io', name: 'Ada' }, labels: ['hot', 'demo'], qa: [{ key: 'x', value: 1 }, { key: 'product', value: 'CRM' }] },
        { ref: 8, sandbox: true, contact: { mail: 't@b.io' } },
      ],
    }, { mapping })).toMatchObject({
      ids: ['7'], ignored: [['8', 'test_delivery']],
      leads: [{ email: 'a@b.io', full_name: 'Ada', tags: ['hot', 'demo'], source: 'partner', custom_fields: { product: 'CRM' } }],
    });
  });

  it('reads members by their names without a mapping, also those within', () => {
    expect(read(generic, { person: { firstName: 'Ada', email: 'a@b.io' }, company: { name: 'TechCorp' }, plan: 'Pro', utm_source: 'x', nothing: null }, {
      fields: { plan: 'custom_fields.chosen_plan' }, tags: ['web'], campaign: 'q4',
    }).leads).toEqual([{
      first_name: 'Ada', email: 'a@b.io', company_name: 'TechCorp', utm: { source: 'x' }, custom_fields: { chosen_plan: 'Pro' }, tags: ['web'], campaign: 'q4',
    }]);
    expect(read(generic, 'hello').ignored).toEqual([[null, 'not_understood']]);
    expect(read(generic, [1, 2]).ignored).toEqual([[null, 'not_understood']]);
  });

  it('refuses mappings that lead nowhere, and paths that could take for ever', () => {
    const wrong = (options: object) => (generic.check?.(options) ?? []).map(({ field, code }) => `${field} ${code}`);
    expect(wrong({ mapping: { list: '$.leads[*]', lead: { email: '$.a', 'custom_fields.x': 'constant' } } })).toEqual([]);
    expect(wrong({ mapping: { lead: { emial: '$.a' } } })).toEqual(['options.mapping.lead.emial unknown_field']);
    expect(wrong({ mapping: { id: '$.[', lead: { email: '$..a..b' } } })).toEqual(['options.mapping.id wrong_format', 'options.mapping.lead.email wrong_format']);
    expect(wrong({ mapping: { test: '$[?match(@.a, "(a+)+$")]' } })).toEqual(['options.mapping.test wrong_format']);
    expect(wrong({ verification: 'hmac' })).toEqual(['options.hmac required']);
    const signed = (template: string, timestamp_header?: string) => wrong({ hmac: { header: 'X-Sig', timestamp_header, signed: template } });
    expect([signed('v0:{timestamp}:{body}', 'X-Time'), signed('{body}')]).toEqual([[], []]);
    for (const refused of [signed('v0', 'X-Time'), signed('{timestamp}{body}{body}', 'X-Time'), signed('v0:{body}', 'X-Time'), signed('{timestamp}{body}')]) {
      expect(refused).toEqual(['options.hmac.signed wrong_format']);
    }
  });

  it.each([
    ['sha256', 'hex', ''], ['sha1', 'hex', 'sha1='], ['sha512', 'base64', 'v='],
  ] as const)('knows signatures by %s in %s after "%s", with their time or without', (algorithm, encoding, prefix) => {
    const check = (scheme: object, headers: Record<string, string>, at = NOW) =>
      generic.verify(request('{}', { headers }), settings({ secret: 's' }, { hmac: { header: 'X-Sig', algorithm, encoding, prefix, ...scheme } }), at).ok;
    expect(check({}, { 'x-sig': prefix + hmac(algorithm, 's', encoding, '{}') })).toBe(true);
    expect(check({}, { 'x-sig': prefix + hmac(algorithm, 't', encoding, '{}') })).toBe(false);
    const timed = { 'x-sig': prefix + hmac(algorithm, 's', encoding, `${NOW / 1_000}.{}`), 'x-time': String(NOW / 1_000) };
    expect(check({ timestamp_header: 'X-Time' }, timed)).toBe(true);
    expect(check({ timestamp_header: 'X-Time', tolerance: 60 }, timed, NOW + 61_000)).toBe(false);
    expect(check({ timestamp_header: 'X-Time' }, { 'x-sig': timed['x-sig'] })).toBe(false);
  });

  it.each([
    ['v0:{timestamp}:{body}', String(NOW / 1_000), (time: string) => `v0:${time}:{}`], ['{timestamp}:{body}', String(NOW), (time: string) => `${time}:{}`],
    ['{body}{timestamp}', String(NOW), (time: string) => `{}${time}`],
  ])('knows signatures over %s at %s', (signed, time, text) => {
    const check = (body: string, at: number) => generic.verify(
      request(body, { headers: { 'x-sig': hmac('sha256', 's', 'hex', text(time)), 'x-time': time } }),
      settings({ secret: 's' }, { hmac: { header: 'X-Sig', timestamp_header: 'X-Time', signed } }), at).ok;
    expect([check('{}', NOW), check('{ }', NOW), check('{}', NOW + 301_000), check('{}', NOW - 301_000)]).toEqual([true, false, false, false]);
  });

  it('looks into a form that has JSON in its fields', () => {
    const rawRequest = JSON.stringify({ q3_name: { first: 'Ada', last: 'Ito' }, q4_email: 'a@b.io', q5: ['CRM'] });
    const readForm = (body: object, options: object, content_type = 'multipart/form-data') =>
      generic.read({ content_type, body }, options).deliveries.map((delivery) => leadOf(delivery, options).lead);
    const mapping = { id: '$.submissionID', lead: { first_name: '$.rawRequest.q3_name.first', last_name: '$.rawRequest.q3_name.last', email: '$.rawRequest.q4_email' } };
    expect(readForm({ submissionID: '7', rawRequest }, { mapping })).toEqual([{ first_name: 'Ada', last_name: 'Ito', email: 'a@b.io' }]);
    expect(readForm({ rawRequest }, {}, 'application/x-www-form-urlencoded')).toMatchObject([{ email: 'a@b.io' }]);
    expect(readForm({ email: 'a@b.io', note: '{not JSON' }, {})).toMatchObject([{ email: 'a@b.io', notes: '{not JSON' }]);
    expect(readForm({ email: 'a@b.io', deep: '['.repeat(50_000) + ']'.repeat(50_000) }, {})).toMatchObject([{ email: 'a@b.io' }]);
    expect(readForm({ rawRequest }, { mapping }, 'application/json')).toEqual([{}]);
    expect(readForm({ email: 'a@b.io', many: JSON.stringify(Array(10_001).fill(1)) }, {})).toMatchObject([{ email: 'a@b.io' }]);
  });

  it('gives on what a form has in its fields as it can be stored, and a part of it as the document that it is', () => {
    const people = [{ name: 'Ada\u0000\ud800', 'k\u0000': '{"x":1}', email: 'a@b.io' }, { email: 'b@b.io' }];
    const body = { rawRequest: JSON.stringify({ people }), slug: 'x' };
    const readForm = (mapping: object) =>
      readDeliveries({ connector: generic, options: { mapping } as object, secrets: [] }, { content_type: 'multipart/form-data', body });
    const [one] = readForm({ lead: { last_name: '$.rawRequest.people[0].name', email: '$.rawRequest.people[0].email' } });
    expect(one.captured).toMatchObject({ lead: { last_name: 'Ada\ufffd\ufffd' }, raw: { content_type: 'multipart/form-data', body } });
    const [first, second] = readForm({ list: '$.rawRequest.people[*]' });
    expect(first.captured.raw).toEqual({ content_type: 'application/json', body: { name: 'Ada\ufffd\ufffd', 'k\ufffd': '{"x":1}', email: 'a@b.io' } });
    expect(second.captured.raw).toEqual({ content_type: 'application/json', body: people[1] });
  });

  testWith('standard_webhooks/vectors.json', 'knows the vectors of Standard Webhooks', (content) => {
    for (const { secret, payload, ...headers } of JSON.parse(content) as Record<string, string>[]) {
      const at = Number(headers['webhook-timestamp']) * 1_000;
      for (const key of [secret, `whsec_${secret}`]) {
        const ask = (body: string, now: number, more = {}) =>
          generic.verify(request(body, { headers: { ...headers, ...more } }), settings({ secret: key }, { verification: 'standard_webhooks' }), now).ok;
        expect(ask(payload, at)).toBe(true);
        expect(ask(payload, at, { 'webhook-signature': `v1,b3RoZXI= v1a,x ${headers['webhook-signature']}` })).toBe(true);
        expect(ask(`${payload} `, at)).toBe(false);
        expect(ask(payload, at + 301_000)).toBe(false);
        expect(ask(payload, at, { 'webhook-id': 'msg_other' })).toBe(false);
      }
    }
  });

  it.each([
    [{ query: { token: 'ttt' } }, true], [{ headers: { 'x-headwater-token': 'ttt' } }, true], [{ headers: { authorization: 'Bearer ttt' } }, true],
    [{ headers: { authorization: `Basic ${Buffer.from('any:ttt').toString('base64')}` } }, true], [{ query: { token: 'tttt' } }, false], [{}, false],
  ])('knows a token wherever it stands: %j is %s', (where, ok) => {
    expect(generic.verify(request('{}', where), settings({ token: 'ttt' }), NOW).ok).toBe(ok);
  });
});
