import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { freePort } from '../../libs/embedded/src';
import { Database } from '../../libs/platform/src';
import { eventually, metric, startCell, type Cell } from '../../libs/testing/src';
import { gateway } from '../../apps/gateway/src/gateway.module';
import { client, inTime, kept, OPERATOR_TOKEN, type Send } from '../../apps/gateway/test/http';
import { intake } from '../../apps/intake/src/intake.module';
import { payload } from '../../libs/inlets/test/payloads';

const CONNECTORS = '/api/v1/crm/connectors';
const SEALING_KEY = 'a sealing key that only these tests know';

let vendorPort: number;
let cell: Cell;
let send: Send;
const urls: string[] = [];
const intakes: NestFastifyApplication[] = [];

beforeAll(async () => {
  cell = await startCell({ services: [] });
  for (const replica of [0, 1]) {
    await cell.add(gateway, { OPERATOR_TOKEN, SEALING_KEY });
    urls.push(cell.url('gateway', replica));
  }
  const operator = client(urls[0], OPERATOR_TOKEN);
  await operator('POST', '/api/v1/admin/tenants', { body: { id: 'demo' } });
  const { body } = await operator('POST', '/api/v1/admin/tenants/demo/keys', { body: { name: 'k', role: 'admin' } });
  send = client(urls[0], (body.data as unknown as { key: string }).key);
  vendorPort = await freePort();
  for (const _ of [0, 1]) intakes.push(await cell.add(intake, { SEALING_KEY, CONNECTOR_HOSTS: `graph.vendor.example=127.0.0.1:${vendorPort}` }));
});
afterAll(() => cell.stop());

interface Connector { id: number; key: string; url: string; secrets: string[]; options: object }
interface Receipt { submission_id: string; outcome: string; code?: string; because?: string }

async function create(kind: string, secrets: object = {}, options: object = {}): Promise<Connector> {
  const { status, body } = await send('POST', CONNECTORS, { body: { name: kind, kind, secrets, options } });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.data as unknown as Connector;
}

const hmac = (algorithm: string, secret: string, encoding: 'hex' | 'base64', ...parts: (string | Buffer)[]): string =>
  parts.reduce((mac, part) => mac.update(part), createHmac(algorithm, secret)).digest(encoding);

interface Sent { type?: string; headers?: Record<string, string>; query?: string; replica?: number }

/** What a vendor is answered, with the text of it. */
async function deliverOnce({ key }: Connector, body: string | Buffer, { type = 'application/json', headers = {}, query = '', replica = 0 }: Sent = {}) {
  const response = await fetch(`${urls[replica]}/in/${key}${query}`, { method: 'POST', body, headers: { 'content-type': type, ...headers } });
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) as { code?: string; data?: { submissions: Receipt[] } } : {};
  return { status: response.status, text, type: response.headers.get('content-type'), code: json.code, receipts: json.data?.submissions ?? [] };
}

const spooled = (replica: number) => metric(urls[replica], 'headwater_captures_spooled_total');

/** Once more where intake was not in time, as vendors do that are answered 503: then all that is answered is in the log. */
const deliver = (connector: Connector, body: string | Buffer, sent: Sent = {}) => eventually('intake answers in time', async () => {
  const before = await spooled(sent.replica ?? 0);
  const answer = await deliverOnce(connector, body, sent);
  return answer.status !== 503 && await spooled(sent.replica ?? 0) === before && answer;
}, { timeoutMs: 20_000 });

interface Row { verdict: string; code: string | null; raw: { body: unknown } | null; payload: Record<string, unknown>; entry: string; lead_id: number | null }

/** What the log has of a connector, oldest first. */
const logOf = ({ id }: { id: number }): Promise<Row[]> => cell.rows<Row>('intake', `
  select s.verdict, s.code, s.raw, s.payload, s.entry, s.lead_id::int from submission s
  where s.inlet_kind = 'connector' and s.inlet_id = $1 order by s.received_at, s.id`, [id]);

const JSON_TYPES: Readonly<Record<string, string>> = { json: 'application/json', txt: 'application/x-www-form-urlencoded' };

/** Samples of vendors, who signs them, and what has to be there. */
type Sample = readonly [file: string, kind: string, secrets: Record<string, string>, sign: (body: string) => Sent, lead: object | string];
const SAMPLES: readonly Sample[] = [
  ['hubspot/form_submission_v3.json', 'hubspot', { token: 'ttt' }, () => ({ query: '?token=ttt' }), { email: 'example@example.com' }],
  ['hubspot/webhook_snowplow_1.json', 'hubspot', { client_secret: 's' },
    (body) => ({ headers: { 'x-hubspot-signature': createHash('sha256').update(`s${body}`).digest('hex') } }), 'no_access_token'],
  ['meta_lead_ads/leadgen_notification.json', 'meta_lead_ads', { app_secret: 's', verify_token: 'v' },
    (body) => ({ headers: { 'x-hub-signature-256': `sha256=${hmac('sha256', 's', 'hex', body)}` } }), 'no_access_token'],
  ['google_ads/lead_form_b2b_test.json', 'google_ads', { google_key: '123456' }, () => ({}), 'test_delivery'],
  ['google_ads/lead_form_service_test.json', 'google_ads', { google_key: 'redacted-shared-key' }, () => ({}), 'test_delivery'],
  ['typeform/form_response_actionsflow.json', 'typeform', { secret: 's' },
    (body) => ({ headers: { 'typeform-signature': `sha256=${hmac('sha256', 's', 'base64', body)}` } }), { full_name: 'test1' }],
  ['typeform/form_response_dify.json', 'typeform', { secret: 's' },
    (body) => ({ headers: { 'typeform-signature': `sha256=${hmac('sha256', 's', 'base64', body)}` } }), { custom_fields: { long_text: 'Sample answer', score: 4, name: 'typeform' } }],
  ['calendly/hull_webhook-invitee-created.json', 'calendly', { signing_key: 's' },
    (body) => { const t = Math.round(Date.now() / 1_000); return { headers: { 'calendly-webhook-signature': `t=${t},v1=${hmac('sha256', 's', 'hex', `${t}.${body}`)}` } }; }, { email: 'betty@rei.com' }],
  ...['company-created', 'lead-created', 'user-created'].map((name) => [`intercom/hull_webhook-${name}.json`, 'intercom', { client_secret: 's' },
    (body: string) => ({ headers: { 'x-hub-signature': `sha1=${hmac('sha1', 's', 'hex', body)}` } }), name === 'company-created' ? 'not_a_lead' : { email: 'johnnybravo@rei.com' }] as Sample),
  ['intercom/v2_contact_lead_created.json', 'intercom', { client_secret: 's' },
    (body) => ({ headers: { 'x-hub-signature': `sha1=${hmac('sha1', 's', 'hex', body)}` } }), { email: 'shuz@gmail.com' }],
  ['mailchimp/form_0.txt', 'mailchimp', { token: 's' }, () => ({ query: '?secret=s' }), { last_name: 'Beemster' }],
  ['mailchimp/form_1.txt', 'mailchimp', { token: 's' }, () => ({ query: '?secret=s' }), { first_name: 'Agent', last_name: 'Smith' }],
  ['mailchimp/parsed_incoming-webhook-subscribe-complete.json', 'mailchimp', { token: 's' }, () => ({ query: '?token=s' }), { email: 'john@test.com' }],
  ['mailchimp/parsed_incoming-webhook-profile.json', 'mailchimp', { token: 's' }, () => ({ query: '?token=s' }), { email: 'profile@changed.io' }],
  ['postmark_inbound/postmark-inbound-test-payload.json', 'email', {}, () => ({}), { email: 'support@postmarkapp.com', full_name: 'Postmarkapp Support', description: 'Test subject' }],
  ['sendgrid_inbound_parse/default_data.txt', 'email', {}, () => ({ type: 'multipart/form-data; boundary=xYzZY' }), { email: 'test@example.com', full_name: 'Example User' }],
  ['sendgrid_inbound_parse/raw_data.txt', 'email', {}, () => ({ type: 'multipart/form-data; boundary=xYzZY' }), { email: 'test@example.com', description: 'Inbound Parse Test Raw Data' }],
];

describe('samples of vendors', () => {
  it.each(SAMPLES as Sample[])('%s', async (file, kind, secrets, sign, expected) => {
    const body = payload(file);
    if (body === null) return;
    const connector = await create(kind, secrets);
    const signed = { type: JSON_TYPES[file.split('.').at(-1) as string], ...sign(body) };
    const { status, receipts } = await deliver(connector, body, signed);
    expect(status).toBe(200);
    const [row] = await logOf(connector);
    if (typeof expected === 'string') expect(row).toMatchObject({ verdict: 'rejected', code: expected, lead_id: null, raw: { body: expect.anything() } });
    else expect(row).toMatchObject({ verdict: expect.stringMatching(/created|updated|touched/), lead_id: expect.any(Number), payload: expected, raw: { body: expect.anything() } });
    expect((await deliver(connector, body, signed)).receipts).toEqual(receipts);
    expect(await logOf(connector)).toHaveLength(1);
  });
});

describe('whoever sends', () => {
  it('is refused with a wrong, an old or no signature, and nothing is kept', async () => {
    const connector = await create('calendly', { signing_key: 's' });
    const body = JSON.stringify({ event: 'invitee.created', payload: { email: 'forged@example.com', uri: 'u' } });
    const signed = (t: number, key = 's') => ({ headers: { 'calendly-webhook-signature': `t=${t},v1=${hmac('sha256', key, 'hex', `${t}.${body}`)}` } });
    const now = Math.round(Date.now() / 1_000);
    for (const sent of [{}, signed(now, 'other'), signed(now - 400)]) {
      expect(await deliver(connector, body, sent)).toMatchObject({ status: 401, code: 'wrong_signature' });
    }
    expect(await deliver(connector, `${body} `, signed(now))).toMatchObject({ status: 401 });
    expect(await logOf(connector)).toEqual([]);
    expect((await deliver(connector, body, signed(now))).receipts).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('makes one submission of simultaneous repetitions over two gateways', async () => {
    const connector = await create('generic', {}, { mapping: { id: '$.id', lead: { email: '$.email' } } });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => deliver(connector, '{"id": 7, "email": "once@example.com"}', { replica: i % 2 })));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await logOf(connector)).toMatchObject([{ verdict: 'created', entry: 'webhook' }]);
  });

  it('is told that an address is unknown, revoked or another by now', async () => {
    const connector = await create('generic');
    const rotated = (await send('POST', `${CONNECTORS}/${connector.id}/rotate-key`)).body.data as unknown as Connector;
    expect(await deliver(connector, '{"email":"a@b.io"}')).toMatchObject({ status: 404, code: 'not_found' });
    expect(await deliver(rotated, '{"email":"rotated@example.com"}')).toMatchObject({ status: 200 });
    await send('DELETE', `${CONNECTORS}/${connector.id}`);
    expect(await deliver(rotated, '{"email":"a@b.io"}')).toMatchObject({ status: 410, code: 'gone' });
    expect(await deliver({ ...rotated, key: `hwf_${rotated.key.slice(4)}` }, '{}')).toMatchObject({ status: 404 });
  });

  it('gets the answer to a challenge', async () => {
    const meta = await create('meta_lead_ads', { app_secret: 's', verify_token: 'leadAdsRockPlayer' });
    const ask = async ({ key }: Connector, query: string) => {
      const response = await fetch(`${urls[1]}/in/${key}?${query}`);
      return { status: response.status, text: await response.text() };
    };
    const verification = 'hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=';
    expect(await ask(meta, `${verification}leadAdsRockPlayer`)).toEqual({ status: 200, text: '1158201444' });
    expect(await ask(meta, `${verification}wrong`)).toMatchObject({ status: 403 });
    const linkedin = await create('linkedin_lead_gen', { client_secret: 's' });
    expect(JSON.parse((await ask(linkedin, 'challengeCode=abc')).text)).toEqual({ challengeCode: 'abc', challengeResponse: hmac('sha256', 's', 'hex', 'abc') });
    expect(await ask(await create('mailchimp', { token: 's' }), '')).toEqual({ status: 200, text: 'ok' });
  });

  it('need not send again what nobody understands: it is kept', async () => {
    const connector = await create('typeform', { secret: 's' });
    for (const [body, raw] of [['{"broken', '{"broken'], ['{"event_id":"1"}', { event_id: '1' }], ['nul \0 and half \ud800', 'nul \ufffd and half \ufffd']] as const) {
      const bytes = Buffer.from(body);
      const signed = { headers: { 'typeform-signature': `sha256=${hmac('sha256', 's', 'base64', bytes)}` } };
      expect((await deliver(connector, bytes, signed)).receipts).toMatchObject([{ outcome: 'rejected', code: 'not_understood' }]);
      expect((await logOf(connector)).at(-1)).toMatchObject({ verdict: 'rejected', code: 'not_understood', raw: { body: raw } });
    }
    const deep = JSON.stringify({ event: JSON.parse('['.repeat(300) + ']'.repeat(300)) });
    const signed = { headers: { 'typeform-signature': `sha256=${hmac('sha256', 's', 'base64', deep)}` } };
    expect((await deliver(connector, deep, signed)).receipts).toMatchObject([{ outcome: 'rejected' }]);
    expect(await deliver(connector, `"${'x'.repeat(256 * 1024)}"`)).toMatchObject({ status: 413, code: 'too_large' });
  });

  it('sends several at once, each a submission with its own part of the body', async () => {
    const connector = await create('marketo_handoff');
    const contact = (n: number, score: number) => ({ id: n, email: `m${n}@example.com`, leadScore: score });
    const { receipts } = await deliver(connector, JSON.stringify({ result: [contact(1, 51), contact(2, 50)] }));
    expect(receipts.map(({ outcome, code }) => code ?? outcome).sort()).toEqual(['accepted', 'below_threshold']);
    expect((await logOf(connector)).map(({ verdict, entry, raw }) => [verdict, entry, raw?.body]).sort()).toEqual([
      ['created', 'handoff', contact(1, 51)], ['rejected', 'handoff', contact(2, 50)],
    ]);
  });
});

describe('what made no lead', () => {
  const replay = (id: string, headers = {}) => send('POST', `/api/v1/crm/submissions/${id}/replay`, { headers });

  it('makes one after the mapping was corrected: each of a list, once, and its repetition stays one', async () => {
    const connector = await create('generic', {}, { mapping: { list: '$.items', lead: { email: '$.mail' } } });
    const body = JSON.stringify({ people: [{ mail: 'first@example.com' }, { mail: 'second@example.com' }] });
    const { receipts: [{ submission_id, code }] } = await deliver(connector, body);
    expect(code).toBe('no_person');
    expect((await replay(submission_id)).body.data).toMatchObject({ verdict: 'rejected', code: 'no_person' });
    await send('PATCH', `${CONNECTORS}/${connector.id}`, { body: { options: { mapping: { list: '$.people[*]', lead: { email: '$.mail' } } } } });
    const answers = await Promise.all([1, 2, 3].map(() => replay(submission_id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('already_taken_in');
    const log = await logOf(connector);
    expect(log.map(({ verdict, payload: of }) => [verdict, of.email])).toEqual(expect.arrayContaining([['created', 'first@example.com'], ['created', 'second@example.com']]));
    expect(log).toHaveLength(2);
    expect((await deliver(connector, body)).receipts.map((receipt) => receipt.submission_id)).toContain(submission_id);
  });

  it('gets the stored answer when the request is repeated with its key', async () => {
    const connector = await create('generic', {}, { mapping: { lead: { email: '$.wrong' } } });
    const { receipts: [{ submission_id }] } = await deliver(connector, '{"email":"keyed@example.com"}');
    await send('PATCH', `${CONNECTORS}/${connector.id}`, { body: { options: {} } });
    const [first, second] = [await replay(submission_id, { 'idempotency-key': 'r' }), await replay(submission_id, { 'idempotency-key': 'r' })];
    expect(first.body.data).toMatchObject({ verdict: 'created' });
    expect(second.body).toEqual(first.body);
  });

  it('is nothing that came by the API', async () => {
    await inTime(() => send('POST', '/api/v1/crm/leads', { body: { email: 'api@example.com' } }));
    const [{ id }] = await cell.rows<{ id: string }>('intake', `select id from submission where payload->>'email' = 'api@example.com'`);
    expect(await replay(id)).toMatchObject({ status: 409, body: { code: 'not_replayable' } });
    expect(await replay('019b2c4e-0000-7000-8000-000000000000')).toMatchObject({ status: 404 });
  });
});

describe('a lead that the vendor only names', () => {
  let vendor: Server;
  let base_url: string;
  const asked: { path: string; authorization?: string }[] = [];
  /** what the vendor answers next, by the id of the lead; 404 for others */
  const records = new Map<string, { status: number; body: unknown }>();
  beforeAll(async () => {
    vendor = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push({ path, authorization: request.headers.authorization });
      const { status, body } = records.get(path.split(/[/?]/)[2]) ?? { status: 404, body: { error: {} } };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }).listen(vendorPort, '127.0.0.1');
    await once(vendor, 'listening');
    base_url = `http://graph.vendor.example/v1`;
  });
  afterAll(() => vendor.close());

  const metaSecrets = { app_secret: 's', verify_token: 'v', access_token: 'page token' };
  const notify = (connector: Connector, leadgen_id: string) => {
    const body = JSON.stringify({ object: 'page', entry: [{ changes: [{ field: 'leadgen', value: { leadgen_id, form_id: '9' } }] }] });
    return deliver(connector, body, { headers: { 'x-hub-signature-256': `sha256=${hmac('sha256', 's', 'hex', body)}` } });
  };
  /** Its pause is over. */
  const soon = (submission_id: string) => cell.rows('intake', 'update record_fetch set next_at = now() where submission_id = $1', [submission_id]);
  const record = (id: string) => ({ status: 200, body: { id, field_data: [{ name: 'email', values: [`lead${id}@example.com`] }], campaign_name: 'Q4' } });

  it('is acknowledged, fetched with the token that was entrusted, and made one submission of', async () => {
    const connector = await create('meta_lead_ads', metaSecrets, { base_url });
    records.set('101', record('101'));
    const { status, receipts } = await notify(connector, '101');
    expect({ status, receipts }).toMatchObject({ status: 200, receipts: [{ outcome: 'accepted' }] });
    const [row] = await eventually('the lead is there', async () => {
      const log = await logOf(connector);
      return log[0].verdict === 'created' && log;
    });
    expect(row).toMatchObject({ payload: { email: 'lead101@example.com', utm: { source: 'facebook', campaign: 'Q4' }, custom_fields: { form_id: '9' } }, raw: { body: { object: 'page' } } });
    expect(asked.filter(({ path }) => path.startsWith('/v1/101?fields='))).toEqual([{ path: expect.any(String), authorization: 'Bearer page token' }]);
    expect((await notify(connector, '101')).receipts).toEqual(receipts);
    expect(await logOf(connector)).toHaveLength(1);
  });

  it('is asked for again when the vendor does not give it, and at once when somebody replays it', async () => {
    const connector = await create('meta_lead_ads', metaSecrets, { base_url });
    records.set('102', { status: 500, body: {} });
    const { receipts: [{ submission_id }] } = await notify(connector, '102');
    // Put off for a moment after the second time, and from here on for ever: no third one is to meet the record that is there by then.
    await eventually('it was asked for twice', async () => (await cell.rows('intake', `
      update record_fetch set next_at = 'infinity' where submission_id = $1 and tries >= 2 and next_at < now() + interval '30 seconds' returning 1`, [submission_id])).length > 0, { timeoutMs: 20_000 });
    expect(asked.filter(({ path }) => path.startsWith('/v1/102')).length).toBeGreaterThanOrEqual(2);
    expect(await logOf(connector)).toMatchObject([{ verdict: 'quarantined', code: 'to_fetch' }]);
    records.set('102', record('102'));
    expect((await send('POST', `/api/v1/crm/submissions/${submission_id}/replay`)).body.data).toMatchObject({ verdict: 'quarantined', code: 'to_fetch' });
    await eventually('the lead is there', async () => (await logOf(connector))[0].verdict === 'created');
    expect(await cell.rows('intake', `select * from record_fetch where submission_id = $1`, [submission_id])).toEqual([]);
  });

  it('is given up when there is none, and can be replayed', async () => {
    const connector = await create('meta_lead_ads', metaSecrets, { base_url });
    const { receipts: [{ submission_id }] } = await notify(connector, '103');
    await eventually('it was asked for', async () => (await cell.rows('intake', `update record_fetch set tries = 82, next_at = now() where submission_id = $1 returning 1`, [submission_id])).length > 0);
    await eventually('it is given up', async () => (await logOf(connector))[0].verdict === 'rejected');
    expect(await logOf(connector)).toMatchObject([{ code: 'not_fetched', lead_id: null, raw: { body: { object: 'page' } } }]);
    records.set('103', record('103'));
    await send('POST', `/api/v1/crm/submissions/${submission_id}/replay`);
    await eventually('the lead is there', async () => (await logOf(connector))[0].verdict === 'created');
  });

  it('never leads to addresses that are not public', async () => {
    const connector = await create('meta_lead_ads', metaSecrets, { base_url: `http://127.0.0.1:${vendorPort}/v1` });
    records.set('104', record('104'));
    const { receipts: [{ submission_id }] } = await notify(connector, '104');
    await eventually('it was tried', async () => {
      await soon(submission_id);
      return (await cell.rows('intake', 'select 1 from record_fetch where submission_id = $1 and tries > 1', [submission_id])).length > 0;
    });
    expect(asked.filter(({ path }) => path.startsWith('/v1/104'))).toEqual([]);
  });
});

describe('an e-mail', () => {
  const mail = (...lines: string[]) => [
    'From: =?utf-8?q?J=C3=B6rg_M=C3=BCller?= <joerg@firma.example>', 'To: sales@crm.example', 'Message-ID: <42@firma.example>', 'Subject: Angebot', ...lines,
  ].join('\r\n');
  const latin = Buffer.from(mail(
    'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: 8bit', '',
    'Grüße aus Köln', '', 'Tel.: +49 221 123456', '--b', 'Content-Type: application/pdf; name="plan.pdf"', 'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="plan.pdf"', '', Buffer.alloc(300_000).toString('base64'), '--b--', '',
  ), 'latin1');

  it('is read as it is, attachments named and dropped, its signal counted, by a sender who fills only what is empty', async () => {
    const connector = await create('email');
    expect(await deliver(connector, latin, { type: 'message/rfc822' })).toMatchObject({ status: 200, receipts: [{ outcome: 'accepted' }] });
    const [row] = await logOf(connector);
    expect(row).toMatchObject({
      entry: 'email', verdict: 'created', payload: { email: 'joerg@firma.example', full_name: 'Jörg Müller', description: 'Angebot', phone: '+49 221 123456' },
      raw: { body: { message_id: '<42@firma.example>', attachments: [{ name: 'plan.pdf', type: 'application/pdf', bytes: 300_000 }] } },
    });
    expect(row.payload.notes).toContain('Grüße aus Köln');
    await deliver(connector, mail('Auto-Submitted: auto-replied', '', 'I am away').replace('<42', '<43'), { type: 'message/rfc822' });
    expect((await logOf(connector)).map(({ verdict, code }) => [verdict, code])).toEqual([['created', null], ['rejected', 'auto_reply']]);
    await cell.settled();
    expect(cell.events('lead.engaged').filter(({ leadid }) => Number(leadid) === row.lead_id).map(({ data }) => data)).toMatchObject([{ signal: 'inbound_email' }]);
  });

  it('may be large, unlike all else', async () => {
    const [mails, calls] = [await create('email'), await create('generic')];
    const document = (bytes: number, more: object) => JSON.stringify({ ...more, MessageID: `large-${bytes}`, Attachments: [{ Name: 'a.pdf', ContentType: 'application/pdf', ContentLength: bytes, Content: 'A'.repeat(bytes) }] });
    const from = { From: 'Ada <ada@large.example>', TextBody: 'Our plans', StrippedTextReply: '' };
    expect(await deliver(mails, document(9_000_000, from))).toMatchObject({ status: 200, receipts: [{ outcome: 'accepted' }] });
    expect(await logOf(mails)).toMatchObject([{ payload: { notes: 'Our plans\n\nAttached: a.pdf (application/pdf, 9000000 bytes)' }, raw: { body: { attachments: [{ bytes: 9_000_000 }] } } }]);
    expect(JSON.stringify(await logOf(mails)).length).toBeLessThan(5_000);
    for (const [connector, bytes, more] of [[mails, 11_000_000, from], [mails, 300_000, {}], [calls, 300_000, from]] as const) {
      expect(await deliver(connector, document(bytes, more))).toMatchObject({ status: 413 });
    }
    expect(await logOf(calls)).toEqual([]);
  });

  it('comes as a form of Mailgun, urlencoded and with its own signature', async () => {
    const connector = await create('email', { mailgun_key: 's' });
    const timestamp = String(Math.round(Date.now() / 1_000));
    const form = new URLSearchParams({
      timestamp, token: 't', signature: hmac('sha256', 's', 'hex', `${timestamp}t`), sender: 'ada@mg.example', from: 'Ada <ada@mg.example>', subject: 'Hello',
      'body-plain': 'Hi\n> quoted', 'stripped-text': 'Hi', 'message-headers': JSON.stringify([['Message-Id', '<mg@x>']]),
    });
    expect(await deliver(connector, form.toString(), { type: 'application/x-www-form-urlencoded' })).toMatchObject({ receipts: [{ outcome: 'accepted' }] });
    form.set('token', 'u');
    expect(await deliver(connector, form.toString(), { type: 'application/x-www-form-urlencoded' })).toMatchObject({ status: 401 });
    expect(await logOf(connector)).toMatchObject([{ payload: { email: 'ada@mg.example', full_name: 'Ada', notes: 'Hello\n\nHi' }, raw: { body: { message_id: '<mg@x>' } } }]);
  });
});

it('a call of Twilio is matched by its number, and answered in the words of Twilio', async () => {
  const connector = await create('twilio', { auth_token: 's' });
  const form = new URLSearchParams({ CallSid: 'CA1', From: '+14155552671', To: '+14155550100', Direction: 'inbound', CallStatus: 'completed' });
  const fields = [...form].sort(([a], [b]) => (a < b ? -1 : 1)).flat().join('');
  const headers = { 'x-twilio-signature': hmac('sha1', 's', 'base64', `https://crm.example.com/in/${connector.key}${fields}`), 'x-forwarded-host': 'crm.example.com' };
  const type = 'application/x-www-form-urlencoded';
  expect(await deliver(connector, form.toString(), { type, headers })).toMatchObject({ status: 200, type: 'text/xml', text: expect.stringContaining('<Response/>') });
  const again = new URLSearchParams({ ...Object.fromEntries(form), CallSid: 'CA2' });
  headers['x-twilio-signature'] = hmac('sha1', 's', 'base64', `https://crm.example.com/in/${connector.key}${fields.replace('CA1', 'CA2')}`);
  await deliver(connector, again.toString(), { type, headers });
  const log = await logOf(connector);
  expect(log.map(({ verdict, entry }) => [verdict, entry])).toEqual([['created', 'call'], ['updated', 'call']]);
  expect(new Set(log.map(({ lead_id }) => lead_id)).size).toBe(1);
});

describe('secrets of connectors', () => {
  it('are sealed, shown to nobody, and replaced or taken back one by one', async () => {
    const connector = await create('hubspot', { client_secret: 'the client secret', token: 'the first token' });
    const url = `${CONNECTORS}/${connector.id}`;
    await send('PATCH', url, { body: { secrets: { token: 'the second token', client_secret: null } } });
    expect(await deliver(connector, '{"email":"a1@example.com"}', { query: '?token=the%20first%20token' })).toMatchObject({ status: 401 });
    expect(await deliver(connector, '{"email":"a1@example.com"}', { query: '?token=the%20second%20token' })).toMatchObject({ status: 200 });
    const answers = await Promise.all([send('GET', url), send('GET', CONNECTORS)]);
    expect(answers[0].body.data).toMatchObject({ secrets: ['token'] });
    const stored = await cell.rows('intake', 'select settings::text as text from inlet where id = $1', [connector.id]);
    for (const text of [...answers.map(({ body }) => JSON.stringify(body)), JSON.stringify(stored), JSON.stringify(cell.events('inlet.changed'))]) {
      expect(text).not.toMatch(/the (client secret|first token|second token)/);
    }
  });

  it('are required as the kind says, and only those that it has', async () => {
    const refused = async (body: object) => (await send('POST', CONNECTORS, { body: { name: 'x', ...body } })).body.errors?.map(({ field, code }) => `${field} ${code}`);
    expect(await refused({ kind: 'meta_lead_ads', secrets: { app_secret: 's' } })).toEqual(['secrets.verify_token required']);
    expect(await refused({ kind: 'typeform', secrets: { key: 's' } })).toEqual(['secrets.key unknown_field']);
    expect(await refused({ kind: 'generic', options: { hmac: { header: 'X-Sig' } } })).toEqual(['secrets.secret required']);
    expect(await refused({ kind: 'generic', options: { colour: 1 } })).toEqual(['options.colour unknown_field']);
    expect(await refused({ kind: 'generic', options: { mapping: { lead: { emial: '$.a' } } } })).toEqual(['options.mapping.lead.emial unknown_field']);
    expect(await refused({ kind: 'fax' })).toEqual(['kind unknown_value']);
  });
});

it('a delivery can be tried, and nothing is written', async () => {
  const connector = await create('google_ads', { google_key: 'k' }, { fields: { SERVICE: 'custom_fields.trade', CITY: null } });
  const body = JSON.stringify({ lead_id: 'L', user_column_data: [{ column_id: 'EMAIL', string_value: 'try@example.com' }, { column_id: 'SERVICE', string_value: 'Roofing' }, { column_id: 'CITY', string_value: 'Rome' }] });
  const { body: answer } = await send('POST', `${CONNECTORS}/${connector.id}/test`, { body: { body } });
  expect(answer.data).toMatchObject([{ delivery_id: 'L', outcome: 'lead', lead: { email: 'try@example.com', custom_fields: { trade: 'Roofing' } } }]);
  expect(JSON.stringify(answer)).not.toContain('Rome');
  expect(await logOf(connector)).toEqual([]);
});

it('what intake can not take in now is accepted, and one submission when it can, however often it came', async () => {
  const connector = await create('generic', {}, { mapping: { id: '$.id', lead: { email: '$.email' } } });
  const body = '{"id": 1, "email": "spooled@example.com"}';
  const { held, release } = await holdSubmissions();
  const answers = await Promise.all([0, 1].map((replica) => kept(() => deliverOnce(connector, body, { replica }))));
  expect(answers.map(({ status, receipts }) => [status, receipts[0].outcome])).toEqual([[200, 'accepted'], [200, 'accepted']]);
  expect(await logOf(connector)).toEqual([]);
  release();
  await held;
  await eventually('it is taken in', async () => (await logOf(connector)).length > 0);
  await cell.settled();
  expect(await logOf(connector)).toMatchObject([{ verdict: 'created' }]);
});

/** Nobody can write the log until it is released. */
async function holdSubmissions(): Promise<{ held: Promise<void>; release: () => void }> {
  let release = () => {};
  const gate = new Promise<void>((resolve) => { release = resolve; });
  let begin = () => {};
  const begun = new Promise<void>((resolve) => { begin = resolve; });
  const held = intakes[0].get(Database).transaction(async (tx) => {
    await tx.query('lock table submission in exclusive mode');
    begin();
    await gate;
  });
  await begun;
  return { held, release };
}
