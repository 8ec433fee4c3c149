import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import fc from 'fast-check';
import { eventually, intakeState, startCell, type Cell } from '@headwater/testing';
import {
  CaptureLeads, CreateOpportunity, DecideSubmission, DeleteRuleSet, DomainError, ExplainScore, GetDecisions, ListNotes, ListTransitions, MergeLeads, OverrideScore, PutPackedSetup, QualifyLead,
  SCOPES, SearchCustomers, TakeSignals, type AnswerOf, type CaptureResult, type Context, type DecisionView, type MergeView, type Note, type Opportunity, type Scope,
} from '@headwater/contracts';
import { gateway } from '../src/gateway.module';
import { client, inTime, JWT_SECRET, jwt, OPERATOR_TOKEN, type Answer, type Send } from './http';
import { routingState, score, scoringState, standInForServices } from './stand-ins';

const LEADS = '/api/v1/crm/leads';
const TENANTS = '/api/v1/admin/tenants';

let cell: Cell;
let services: Awaited<ReturnType<typeof standInForServices>>;
let operator: Send;
/** keys of tenant demo by role, and one of tenant other */
const keys: Record<string, string> = {};
let admin: Send;
let second: Send;
/** of the first replica */
let server: Server;

beforeAll(async () => {
  cell = await startCell({ services: [] });
  services = await standInForServices(cell);
  const env = { JWT_SECRET, OPERATOR_TOKEN };
  server = (await cell.add(gateway, env)).getHttpServer();
  await cell.add(gateway, env);
  operator = client(cell.url('gateway'), OPERATOR_TOKEN);
  for (const id of ['demo', 'other']) await operator('POST', TENANTS, { body: { id, name: id } });
  for (const role of ['guest', 'integration', 'rep', 'manager', 'admin']) keys[role] = await newKey('demo', role);
  keys.other = await newKey('other', 'admin');
  admin = client(cell.url('gateway', 0), keys.admin);
  second = client(cell.url('gateway', 1), keys.admin);
});

afterAll(() => cell?.stop());

async function newKey(tenant: string, role: string): Promise<string> {
  const { status, body } = await operator('POST', `${TENANTS}/${tenant}/keys`, { body: { name: role, role } });
  expect(status).toBe(201);
  return (body.data as unknown as { key: string }).key;
}

const dataOf = <T = Record<string, unknown>>({ body }: Answer): T => body.data as unknown as T;

const mergeOf = (primary_id: number, lead_ids: number[]): MergeView => ({
  id: 1, primary_id, lead_ids, state: 'done', reason: null, merged_at: '2026-11-20T09:00:00.000Z', merged_by: 'Ann', fields: [], undone_at: null, undone_by: null,
  conflicts: [],
});

/** What a reader gets when every part, but for these, has answered within its patience, which is short. */
const whole = (path: string, ...but: string[]): Promise<Answer> => eventually('all other parts answer', async () => {
  const answer = await admin('GET', path);
  return answer.status < 500 && (answer.body.meta?.missing ?? []).join() === but.join() && answer;
});

function expectProblem(answer: Answer, status: number, code: string, field?: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({ status, message: answer.body.detail });
  if (field !== undefined) expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, code }));
}

describe('who may come in', () => {
  it.each([
    ['no credential', () => null],
    ['an unknown key', () => 'hw_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['nonsense', () => 'nonsense'],
    ['a token signed by somebody else', () => jwt({ roles: ['admin'] }, { secret: 'another secret, as long as the first one' })],
    ['an expired token', () => jwt({ roles: ['admin'] }, { expires: '-1m' })],
    ['a token without expiry', () => jwt({ roles: ['admin'] }, { expires: null })],
    ['a token of an unknown tenant', () => jwt({ tenant: 'nobody', roles: ['admin'] })],
    ['a token of a tenant that can be none', () => jwt({ tenant: 'x\0', roles: ['admin'] })],
    ['an unsigned token', () => 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1IiwidGVuYW50IjoiZGVtbyIsImV4cCI6OTk5OTk5OTk5OX0.'],
  ])('refuses %s', async (_what, token) => {
    const answer = await admin('GET', `${LEADS}/1`, { token: await token() });
    expectProblem(answer, 401, 'unauthenticated');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('refuses other schemes, and looks at the caller before the body', async () => {
    expectProblem(await admin('GET', LEADS, { token: null, headers: { authorization: 'Basic YTpi' } }), 401, 'unauthenticated');
    expectProblem(await admin('POST', LEADS, { token: null, raw: '{broken' }), 401, 'unauthenticated');
    expectProblem(await admin('POST', `${LEADS}/1/convert`, { token: keys.guest, raw: '{broken' }), 403, 'forbidden');
  });

  it('is not fooled by another way to write an address, or by HEAD', async () => {
    expectProblem(await admin('GET', '/%61pi/v1/crm/leads/1', { token: null }), 401, 'unauthenticated');
    expect((await admin('HEAD', `${LEADS}/1`, { token: null })).status).toBe(401);
    expect((await admin('HEAD', `${LEADS}/1`, { token: keys.guest })).status).toBe(403);
  });

  it('lets tokens in with the scopes of their roles, never as operator', async () => {
    expect((await admin('GET', `${LEADS}/1`, { token: await jwt({ roles: ['rep', 'unheard-of'] }) })).status).toBe(200);
    expectProblem(await admin('GET', `${LEADS}/1`, { token: await jwt({ roles: ['guest'] }) }), 403, 'forbidden');
    expectProblem(await admin('GET', TENANTS, { token: await jwt({ roles: ['operator', 'admin'] }) }), 403, 'forbidden');
    expectProblem(await admin('GET', `${LEADS}/1`, { token: await jwt({}) }), 403, 'forbidden');
  });

  it('tells the services who acts, and which trace it belongs to', async () => {
    let context: Context | undefined;
    const end = await cell.answer(ExplainScore, (question) => {
      context = question.context;
      const now = '2026-11-28T10:00:00.000Z';
      return { score: scoringState(1), contributions: [], now, as_of: now, approximate: [], trend: { days_7: null, days_30: null } };
    });
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const token = await jwt({ sub: 'u-7', roles: ['rep'], name: 'Rita', email: 'rita@example.com' });
    const answer = await admin('GET', `${LEADS}/1/score`, { token, headers: { traceparent, 'x-correlation-id': 'abc-1' } });
    await end();
    expect(dataOf(answer)).toMatchObject({ id: 1, lead_score: score, override: null, contributions: [] });
    expect(answer.headers.get('x-correlation-id')).toBe('abc-1');
    expect(context).toMatchObject({
      tenant: { id: 'demo', currency: 'USD', time_zone: 'UTC' }, actor: { kind: 'user', id: 'u-7', name: 'Rita', email: 'rita@example.com' },
      correlation_id: 'abc-1', traceparent,
    });
    expect(context!.scopes).toContain('leads:qualify');
    expect(context!.scopes).not.toContain('scoring:admin');
  });

  it('asks on every route of the document for the scope that the document names', async () => {
    const { body } = await admin('GET', '/openapi.json', { token: null });
    const paths = body.paths as unknown as Record<string, Record<string, { security?: [{ bearer: [Scope] }] }>>;
    let routes = 0;
    for (const [path, item] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(item)) {
        routes += 1;
        if (!operation.security) continue; // anybody may come
        const [{ bearer: [scope] }] = operation.security;
        expect(SCOPES).toContain(scope);
        const address = path.replace('{id}', '1').replace('{tenant}', 'demo');
        expectProblem(await admin(method.toUpperCase(), address, { token: null }), 401, 'unauthenticated');
        if (scope === 'leads:insert') continue;
        const refused = await admin(method.toUpperCase(), address, { token: keys.guest });
        expectProblem(refused, 403, 'forbidden');
        expect(refused.body.detail).toContain(scope);
      }
    }
    expect(routes).toBeGreaterThanOrEqual(30);
  });

  it('shows documents and health to everybody', async () => {
    const document = await admin('GET', '/openapi.json', { token: null });
    expect(document.body.openapi).toBe('3.1.0');
    expect(Object.keys((document.body.components as { schemas: object }).schemas)).toEqual(
      expect.arrayContaining(['CreateLead', 'PatchLead', 'Lead', 'Problem', 'Consent', 'LeadScoreView', 'Conversion']));
    const references = [...JSON.stringify(document.body).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(Object.keys((document.body.components as { schemas: object }).schemas)).toEqual(expect.arrayContaining(references));
    const page = await fetch(`${cell.url('gateway')}/docs`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    expect((await fetch(`${cell.url('gateway')}/docs/swagger-ui.css`)).status).toBe(200);
    for (const path of ['live', 'ready', 'details']) expect((await inTime(() => admin('GET', `/health/${path}`, { token: null }))).status).toBe(200);
    expectProblem(await admin('GET', '/nowhere', { token: null }), 404, 'not_found');
  });

  it('says which methods an address takes, to anybody', async () => {
    for (const [method, path, allow] of [
      ['DELETE', `${LEADS}/9?x=1`, 'GET, HEAD, PATCH, OPTIONS'], ['PUT', LEADS, 'GET, HEAD, POST, OPTIONS'], ['PATCH', `${LEADS}/9/qualify`, 'POST, OPTIONS'],
      ['POST', '/openapi.json', 'GET, HEAD, OPTIONS'], ['PUT', '/f/some-key/events', 'POST, OPTIONS'],
    ] as const) {
      const refused = await admin(method, path, { token: null });
      expectProblem(refused, 405, 'method_not_allowed');
      expect([refused.headers.get('allow'), refused.body.allowed, refused.headers.get('cache-control')]).toEqual([allow, allow.split(', ').slice(0, -1), 'no-store']);
    }
    const asked = await admin('OPTIONS', `${LEADS}/9`, { token: null });
    expect([asked.status, asked.headers.get('allow'), asked.headers.has('access-control-allow-origin')]).toEqual([204, 'GET, HEAD, PATCH, OPTIONS', false]);
    for (const path of ['/nowhere', `${LEADS}/9/`, `/${LEADS}`, LEADS.toUpperCase()]) expectProblem(await admin('OPTIONS', path), 404, 'not_found');
  });

  it('hands over whose cookies are before what they did, of however many at a time', async () => {
    const handed: string[][] = [];
    const end = await cell.answer(TakeSignals, ({ items }) => {
      handed.push([...new Set(items.map(({ type }) => type))]);
      return { results: items.map(() => ({ ok: true, state: 'counted', lead_id: 1 } as const)) };
    });
    const visits = Array.from({ length: 160 }, (_, i) => ({ type: 'web_visit', id: `visit-${i}`, visitor_id: 'cookie' }));
    const events = [...visits, { type: 'identify', id: 'who', lead_id: 1, visitor_id: 'cookie' }];
    const answer = await admin('POST', '/api/v1/crm/events', { body: { events } });
    await end();
    expect([answer.status, handed]).toEqual([200, [['identify'], ['web_visit'], ['web_visit']]]);
    expect(dataOf<{ results: { id: string }[] }>(answer).results.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it('hands over the Idempotency-Key with what people did, names it after the key and its place, and refuses all where the key came with another body', async () => {
    const handed: { id: string; key?: string; hash?: string }[] = [];
    const end = await cell.answer(TakeSignals, ({ items }) => {
      handed.push(...items.map(({ id, idempotency }) => ({ id, key: idempotency?.key, hash: idempotency?.hash })));
      const { body: error } = DomainError.invalidField('Idempotency-Key', 'idempotency_key_reused', 'This Idempotency-Key was used before with another body');
      return { results: items.map(({ idempotency }) => (idempotency?.hash === handed[0].hash ? { ok: true, state: 'counted', lead_id: 1 } as const : { ok: false, error } as const)) };
    });
    const tell = (...types: string[]) => admin('POST', '/api/v1/crm/events', {
      body: { events: types.map((type) => ({ type, lead_id: 1 })) }, headers: { 'idempotency-key': 'told-1' },
    });
    expect([(await tell('webinar', 'call')).status, (await tell('webinar', 'call')).status]).toEqual([200, 200]);
    expectProblem(await tell('webinar', 'meeting'), 422, 'idempotency_key_reused', 'Idempotency-Key');
    await end();
    expect(handed.map(({ key }) => key)).toEqual(Array(6).fill('told-1'));
    expect(handed.slice(2, 4)).toEqual(handed.slice(0, 2));
    const [first, second] = handed.map(({ id }) => id);
    expect(first).not.toBe(second);
    expect(handed.map(({ id }) => id)).toEqual([first, second, first, second, first, second]);
  });

  it('asks about several leads at a time, and about each once at a time', async () => {
    const asked: (number | null | undefined)[][] = [];
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => { answer = resolve; });
    const end = await cell.answer(TakeSignals, async ({ items }) => {
      asked.push(items.map(({ lead_id }) => lead_id));
      if (asked.length === 1) await held;
      return { results: items.map(() => ({ ok: true, state: 'counted', lead_id: 1 } as const)) };
    });
    const tell = (lead_id: number) => admin('POST', '/api/v1/crm/events', { body: { events: [{ type: 'web_visit', lead_id }] } });
    const first = tell(1);
    await eventually('the first is asked about', async () => asked.length === 1);
    const again = tell(1);
    await tell(2);
    expect(asked).toEqual([[1], [2]]);
    answer();
    expect([(await first).status, (await again).status, asked]).toEqual([200, 200, [[1], [2], [1]]]);
    await end();
  });

  it('refuses what it can not even read in its own words, which repeat nothing', async () => {
    const tooLong = 'Ada'.repeat(9_000);
    for (const [path, headers, status, code] of [
      [`${LEADS}/%Ada`, {}, 400, 'malformed'], [`${LEADS}/${tooLong.slice(0, 300)}`, {}, 400, 'malformed'],
      [`${LEADS}/9`, { 'x-note': tooLong }, 431, 'headers_too_large'], [`${LEADS}/9?name=${tooLong}`, {}, 431, 'headers_too_large'],
    ] as const) {
      const refused = await admin('GET', path, { headers });
      expectProblem(refused, status, code);
      expect([refused.headers.get('content-type'), JSON.stringify(refused.body)]).toEqual([expect.stringContaining('application/problem+json'), expect.not.stringContaining('Ada')]);
    }
  });

  it('lets nobody keep what it says of people', async () => {
    for (const token of [null, undefined]) expect((await admin('GET', `${LEADS}/9`, { ...(token === null ? { token } : {}) })).headers.get('cache-control')).toBe('no-store');
    expect((await admin('GET', '/openapi.json')).headers.has('cache-control')).toBe(false);
  });
});

describe('tenants and keys', () => {
  it('are created by the operator, once', async () => {
    const created = await operator('POST', TENANTS, { body: { id: 'acme', currency: 'EUR', time_zone: 'Europe/Berlin' } });
    expect([created.status, created.body.message]).toEqual([201, 'Tenant created']);
    expect(dataOf(created)).toMatchObject({ id: 'acme', name: null, currency: 'EUR', time_zone: 'Europe/Berlin', picklists: { industries: [], sources: [] } });
    expectProblem(await operator('POST', TENANTS, { body: { id: 'acme' } }), 409, 'tenant_exists');
    expectProblem(await operator('POST', TENANTS, { body: { id: 'x', currency: 'XQZ' } }), 422, 'unknown_value', 'currency');
    expectProblem(await operator('POST', TENANTS, { body: { id: 'x', time_zone: 'Nowhere' } }), 422, 'unknown_value', 'time_zone');
    expectProblem(await operator('POST', TENANTS, { body: { id: 'Not A Tenant' } }), 422, 'wrong_format', 'id');
    expectProblem(await admin('POST', TENANTS, { body: { id: 'mine' } }), 403, 'forbidden');
    expectProblem(await operator('GET', LEADS), 403, 'forbidden');
  });

  it('are listed page by page', async () => {
    const first = await operator('GET', `${TENANTS}?limit=1`);
    const next = await operator('GET', `${TENANTS}?limit=1&cursor=${first.body.meta!.next_cursor}`);
    expect(dataOf<{ id: string }[]>(first)[0].id < dataOf<{ id: string }[]>(next)[0].id).toBe(true);
  });

  it('are changed by their own admin, and everybody hears of it', async () => {
    const body = { currency: 'GBP', picklists: { sources: ['podcast'] }, policies: { require_owner: true } };
    const changed = await client(cell.url('gateway'), keys.other)('PATCH', `${TENANTS}/other`, { body });
    expect(dataOf(changed)).toMatchObject({ id: 'other', currency: 'GBP', picklists: { industries: [], sources: ['podcast'] }, policies: { require_owner: true } });
    await cell.settled();
    const events = cell.events<{ tenant: object }>('tenant.changed').filter(({ subject }) => subject === 'other');
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, i) => i + 1));
    expect(events.at(-1)!.data.tenant).toEqual({
      id: 'other', currency: 'GBP', time_zone: 'UTC', picklists: { industries: [], sources: ['podcast'] }, policies: { require_owner: true },
    });
    let seen: Context | undefined;
    const end = await cell.answer(ExplainScore, ({ context }) => { seen = context; throw DomainError.notFound('Lead'); });
    // The other replica reads anew when it has heard of it, which nothing here waits for.
    await eventually('the other replica knows of it', async () => {
      await second('GET', `${LEADS}/9/score`, { token: keys.other });
      return seen?.tenant.currency === 'GBP';
    });
    await end();
    expect(seen!.tenant).toMatchObject({ currency: 'GBP', policies: { require_owner: true } });
  });

  it('of somebody else are not there', async () => {
    for (const [method, path, body] of [
      ['GET', `${TENANTS}/other`], ['PATCH', `${TENANTS}/other`, {}], ['GET', `${TENANTS}/other/keys`], ['GET', `${TENANTS}/nobody`],
      ['POST', `${TENANTS}/other/keys`, { name: 'x', role: 'admin' }], ['DELETE', `${TENANTS}/other/keys/1`],
    ] as const) expectProblem(await admin(method, path, { body }), 404, 'not_found');
    const [{ id }] = await cell.rows<{ id: string }>('gateway', `select id from api_key where tenant_id = 'other'`);
    expectProblem(await admin('DELETE', `${TENANTS}/demo/keys/${id}`), 404, 'not_found');
    expectProblem(await admin('GET', `${LEADS}/9`), 404, 'not_found');
    expectProblem(await operator('POST', `${TENANTS}/nobody/keys`, { body: { name: 'x', role: 'rep' } }), 404, 'not_found');
  });

  it('a key is shown once and kept as a hash', async () => {
    const created = await admin('POST', `${TENANTS}/demo/keys`, { body: { name: 'crm', role: 'integration' } });
    const { id, key } = dataOf<{ id: number; key: string }>(created);
    expect(key).toMatch(/^hw_[\w-]{43}$/);
    const stored = await cell.rows('gateway', 'select * from api_key where id = $1', [id]);
    expect(JSON.stringify(stored)).not.toContain(key);
    const listed = await admin('GET', `${TENANTS}/demo/keys`);
    expect(JSON.stringify(listed.body)).not.toContain(key);
    expect(dataOf<{ id: number }[]>(listed)).toContainEqual(expect.objectContaining({ id, name: 'crm', role: 'integration', revoked_at: null }));
    expectProblem(await admin('POST', `${TENANTS}/demo/keys`, { body: { name: 'x', role: 'operator' } }), 422, 'unknown_value', 'role');
  });

  it('a new key works at once on another replica, a revoked one stops on both as soon as it is told', async () => {
    const { id, key } = dataOf<{ id: number; key: string }>(await admin('POST', `${TENANTS}/demo/keys`, { body: { name: 'short', role: 'rep' } }));
    expect((await second('GET', `${LEADS}/1`, { token: key })).status).toBe(200);
    expect((await admin('DELETE', `${TENANTS}/demo/keys/${id}`)).body).toMatchObject({ message: 'API key revoked', data: { id, revoked_at: expect.any(String) as string } });
    expectProblem(await admin('GET', `${LEADS}/1`, { token: key }), 401, 'unauthenticated');
    await eventually('the key is refused by the other replica', async () =>
      (await second('GET', `${LEADS}/1`, { token: key })).status === 401); // by itself, it would read its copy anew after half a minute
    expect((await admin('DELETE', `${TENANTS}/demo/keys/${id}`)).status).toBe(200);
  });

  it('are created once per Idempotency-Key', async () => {
    const make = (name: string) => admin('POST', `${TENANTS}/demo/keys`, { body: { name, role: 'rep' }, headers: { 'idempotency-key': 'make-1' } });
    const [first, again] = [await make('one'), await make('one')];
    expect(again.body).toEqual(first.body);
    expectProblem(await make('two'), 422, 'idempotency_key_reused', 'Idempotency-Key');
    const rows = await cell.rows('gateway', `select 1 from api_key where name = 'one'`);
    expect(rows).toHaveLength(1);

    const create = () => operator('POST', TENANTS, { body: { id: 'idem' }, headers: { 'idempotency-key': 'make-1' } });
    const statuses = (await Promise.all([create(), create(), create()])).map(({ status, body }) => (status === 409 ? body.code : status));
    expect(statuses).toContain(201);
    expect(new Set([...statuses, 'in_flight', 201]).size).toBe(2);
    expect((await create()).status).toBe(201);
    expectProblem(await admin('POST', LEADS, { body: {}, headers: { 'idempotency-key': 'a b' } }), 422, 'wrong_format', 'Idempotency-Key');
  });
});

describe('sending leads in', () => {
  it('answers with the lead, its verdict and where it is', async () => {
    const created = await inTime(() => admin('POST', LEADS, { body: { email: 'new@example.com', first_name: 'Zoë' }, headers: { 'idempotency-key': 'lead-1' } }));
    expect([created.status, created.body.message, created.headers.get('location')]).toEqual([201, 'Lead created', `${LEADS}/1`]);
    expect(dataOf(created)).toMatchObject({
      id: 1, first_name: 'Zoë', status: 'new', lead_score: null, owner: null, verdict: 'created', because: 'nobody is like this',
    });
    expect(services.captured.at(-1)).toMatchObject({
      submission_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/) as string, tenant: 'demo', entry: 'api', anonymous: false,
      actor: { kind: 'api_key' }, lead: { email: 'new@example.com' },
      idempotency: { key: 'lead-1', scope: expect.stringContaining('POST /api/v1/crm/leads') as string, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
    const updated = await inTime(() => admin('POST', LEADS, { body: { email: 'known@example.com' } }));
    expect([updated.status, updated.body.message]).toEqual([200, 'Lead updated']);
    expectProblem(await inTime(() => admin('POST', LEADS, { body: { email: 'refuse@example.com' } })), 422, 'refused', 'email');
  });

  it('tells a public form nothing, whoever was sent', async () => {
    for (const email of ['new@example.com', 'known@example.com']) {
      // A form is told the same where intake doesn't hear of it in time.
      const { status, body, headers } = await eventually('intake hears of it', async () => {
        const answer = await admin('POST', LEADS, { token: keys.guest, body: { email } });
        return dataOf(answer).submission_id === services.captured.at(-1)!.submission_id && answer;
      });
      expect([status, body, headers.get('location')]).toEqual([
        201, { message: 'Thank you', data: { submission_id: services.captured.at(-1)!.submission_id } }, null]);
    }
    expect(services.captured.at(-1)).toMatchObject({ anonymous: true, entry: 'form', actor: { kind: 'form' } });
  });

  it('gathers what comes while a request is on its way, and gives each sender their own answer', async () => {
    let before = 0;
    let arrived = 0;
    server.on('request', () => { arrived += 1; });
    // The first one waits until the last has arrived, for no longer than a gateway waits for intake: where that was too long, all come again.
    const answers = await eventually('all are there within two seconds', async () => {
      before = services.requests.length;
      arrived = 0;
      let open = () => {};
      services.gate.open = new Promise<void>((resolve) => { open = resolve; });
      const sent = Promise.all(Array.from({ length: 60 }, (_, i) =>
        admin('POST', LEADS, { body: { email: i === 30 ? 'refuse@example.com' : `p${i}@example.com` } })));
      await eventually('all have arrived', () => arrived >= 60);
      await admin('GET', '/health/live');
      open();
      const all = await sent;
      return all.every(({ status }) => status !== 202 && status !== 503) && all;
    }, { timeoutMs: 30_000 });
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, i) => (i === 30 ? 422 : 201)));
    expect(answers.map((answer) => (answer.body.data as unknown as { email?: string } | undefined)?.email))
      .toEqual(answers.map((_, i) => (i === 30 ? undefined : `p${i}@example.com`)));
    const sizes = services.requests.slice(before);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(60);
    expect(sizes[0]).toBe(1);
    expect(sizes.length).toBeLessThan(10);
  });

  it('needs no database for a caller that it knows', async () => {
    await cell.rows('gateway', 'alter table api_key rename to api_key_away');
    try {
      expect((await inTime(() => admin('POST', LEADS, { body: { email: 'new@example.com' } }))).status).toBe(201);
    } finally {
      await cell.rows('gateway', 'alter table api_key_away rename to api_key');
    }
  });

  it('reads nothing when intake is not there', async () => {
    const lonely = await startCell({ services: [] });
    try {
      await lonely.add(gateway, { OPERATOR_TOKEN });
      const send = client(lonely.url('gateway'), OPERATOR_TOKEN);
      await send('POST', TENANTS, { body: { id: 'demo' } });
      const { key } = dataOf<{ key: string }>(await send('POST', `${TENANTS}/demo/keys`, { body: { name: 'k', role: 'admin' } }));
      const answer = await send('GET', `${LEADS}/1`, { token: key });
      expectProblem(answer, 503, 'unavailable');
      expect(answer.headers.get('retry-after')).toBe('2');
      expectProblem(await send('POST', LEADS, { token: await jwt({ roles: ['admin'] }), body: {} }), 401, 'unauthenticated');
    } finally {
      await lonely.stop();
    }
  });

  it('sends at most what a request may hold', async () => {
    const description = 'x'.repeat(5_000);
    const custom_fields = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, 'y'.repeat(5_000)]));
    const before = services.requests.length;
    const answers = await Promise.all(Array.from({ length: 12 }, () => inTime(() => admin('POST', LEADS, { body: { description, custom_fields } }))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(Math.max(...services.requests.slice(before))).toBeLessThanOrEqual(2);
  });
});

describe('reading and changing a lead', () => {
  it('composes the record of its owners', async () => {
    const { status, headers, body } = await whole(`${LEADS}/1`);
    expect([status, headers.get('etag'), body.meta]).toEqual([200, '"i3.s2.r1.q4"', undefined]);
    expect(body.data).toMatchObject({ id: 1, company_name: 'TechCorp Inc', status: 'new', status_label: 'New', lead_score: score, owner: { id: 2, name: 'Ann' } });
    for (const id of ['4', '0', '-1', '1.5', 'abc', '99999999999999999999', '9007199254740993']) {
      expectProblem(await admin('GET', `${LEADS}/${id}`), 404, 'not_found');
    }
  });

  it('lists page by page', async () => {
    const first = await whole(`${LEADS}?limit=2&sort=-updated_at&email=a%40b.c&converted=false`);
    expect(dataOf<{ id: number; lead_score: object }[]>(first).map(({ id, lead_score }) => [id, lead_score])).toEqual([[1, score], [2, score]]);
    expect(first.body.meta).toEqual({ next_cursor: 'next' });
    expect((await whole(LEADS)).body.meta).toEqual({ next_cursor: null });
  });

  it.each([
    ['limit=0', 'limit', 'too_small'], ['limit=201', 'limit', 'too_large'], ['limit=ten', 'limit', 'wrong_type'], ['limit=', 'limit', 'required'],
    ['sort=owner', 'sort', 'unknown_value'], ['converted=maybe', 'converted', 'wrong_type'], ['owner=1', 'owner', 'unknown_field'],
    ['email=a&email=b', 'email', 'wrong_type'], ['email=%00', '(query)', 'illegal_character'],
  ])('refuses the parameter %s', async (query, field, code) => {
    expectProblem(await admin('GET', `${LEADS}?${query}`), 422, code, field);
  });

  it('refuses parameters where there are none', async () => {
    expectProblem(await admin('GET', `${LEADS}/1?fields=all`), 422, 'unknown_field', 'fields');
    expectProblem(await admin('GET', '/api/v1/crm/customers/search'), 422, 'required', 'q');
  });

  it('refuses a body where there is none, but for one with nothing in it', async () => {
    const release = `/api/v1/crm/submissions/${randomUUID()}/release`;
    for (const path of [release, '/api/v1/crm/routing/rule-sets/7/activate']) expectProblem(await admin('POST', path, { body: { reason: 'x' } }), 422, 'unknown_field', 'reason');
    for (const body of [null, [], 'x', 5]) expectProblem(await admin('POST', release, { body }), 422, 'wrong_type', '(body)');
    expectProblem(await admin('DELETE', '/api/v1/crm/routing/rule-sets/7', { body: { force: true } }), 422, 'unknown_field', 'force');
    const stand = await cell.answer(DeleteRuleSet, () => { throw DomainError.notFound('Rule set'); });
    for (const body of [undefined, {}]) expectProblem(await admin('DELETE', '/api/v1/crm/routing/rule-sets/7', { body }), 404, 'not_found');
    await stand();
  });

  it('asks everybody before it writes, then writes in order', async () => {
    services.asked.length = 0;
    const { status, body, headers } = await admin('PATCH', `${LEADS}/1`, {
      body: { tags: ['a'], estimated_value: 250000, notes: 'n', status: 'contacted', rating: 5, priority: 'high', custom_fields: { a: [1, 'b'] } },
      headers: { 'if-match': '"i3.s2.r1.q4"', 'content-type': 'application/merge-patch+json' },
    });
    expect([status, body.message, headers.get('etag')]).toEqual([200, 'Lead updated', '"i4.s3.r2.q5"']);
    expect(body.data).toMatchObject({ tags: ['a'], estimated_value: 250000, status: 'contacted', rating: 5, priority: 'high' });
    expect(body.warnings).toEqual([{ code: 'w', detail: 'w' }]);
    const order = services.asked.map(({ owner, question }) => `${owner}${question.validate_only ? '?' : '!'}`);
    expect(order.slice(0, 4).sort()).toEqual(['intake?', 'qualification?', 'routing?', 'scoring?']);
    expect(order.slice(4)).toEqual(['qualification!', 'scoring!', 'routing!', 'intake!']);
    expect(new Set(services.asked.map(({ question }) => question.command_id)).size).toBe(1);
    expect(services.asked.slice(0, 4).every(({ question }) => question.expected_revision !== undefined)).toBe(true);
  });

  it('writes nothing when one refuses, and asks qualification even when there is nothing for it', async () => {
    services.asked.length = 0;
    expectProblem(await admin('PATCH', `${LEADS}/1`, { body: { status: 'qualified', rating: 5, notes: 'x' } }), 409, 'invalid_transition');
    expectProblem(await admin('PATCH', `${LEADS}/4`, { body: { notes: 'x' } }), 404, 'not_found');
    expect((await admin('PATCH', `${LEADS}/1`, { body: {} })).status).toBe(200);
    expect(services.asked.every(({ question }) => question.validate_only)).toBe(true);
    expect(services.asked.filter(({ owner }) => owner === 'qualification')).toHaveLength(3);
  });

  it.each(['"i3.s2.r1.q3"', '"i2.q4"', '"i3"', 'nonsense', 'W/"i3.q4"'])('refuses to write over what changed: If-Match %s', async (tag) => {
    services.asked.length = 0;
    expectProblem(await admin('PATCH', `${LEADS}/1`, { body: { notes: 'x' }, headers: { 'if-match': tag } }), 412, 'precondition_failed');
    expect(services.asked.every(({ question }) => question.validate_only)).toBe(true);
  });

  it('pins a score', async () => {
    const end = await cell.answer(OverrideScore, ({ lead_id, override }) => ({ score: scoringState(lead_id, { override }) }));
    const answer = await admin('PATCH', `${LEADS}/1/score`, { body: { behavioral_score: 45, demographic_score: 45, reason: 'POC' } });
    await end();
    expect([answer.status, answer.body.message]).toEqual([200, 'Lead score updated']);
    expect(dataOf(answer)).toMatchObject({ id: 1, lead_score: score, override: { behavioral_score: 45, reason: 'POC', by: 'admin' } });
    expectProblem(await admin('PATCH', `${LEADS}/1/score`, { body: { reason: 'x' } }), 422, 'required', 'behavioral_score');
  });

  it('names the part that did not answer in time', async () => {
    await services.endRouting();
    const { status, body, headers } = await whole(`${LEADS}/1`, 'routing');
    expect([status, body.meta, headers.get('etag')]).toEqual([200, { missing: ['routing'] }, '"i3.s2.q4"']);
    expect(body.data).toMatchObject({ owner: null, status: 'new' });
    expect((await whole(LEADS, 'routing')).body.meta).toEqual({ next_cursor: null, missing: ['routing'] });
    const end = await cell.answer(MergeLeads, ({ lead_id, lead_ids }) => ({ merge: mergeOf(lead_id, lead_ids), lead: intakeState({ lead_id }) }));
    const merged = await eventually('the others have told of it in time', async () => {
      const answer = await admin('POST', `${LEADS}/1/merge`, { body: { lead_ids: [2] } });
      return answer.body.meta?.missing?.length === 1 && answer;
    });
    expect([merged.status, merged.body.meta, dataOf(merged).lead]).toEqual([200, { missing: ['routing'] }, expect.objectContaining({ id: 1, owner: null, status: 'new' })]);
    await end();
  });
});

describe('what the other services answer', () => {
  it('merges the notes of their keepers, newest first', async () => {
    const note = (id: string, at: string): Note => ({ id, text: id, author: 'Ann', cause: 'patch', at });
    const ends = await Promise.all([
      cell.answer(ListNotes, () => ({ notes: [note('i2', '2026-11-20T09:03:00Z'), note('i1', '2026-11-20T09:01:00Z')] })),
      cell.answer(ListTransitions, () => ({ transitions: [], notes: [note('q1', '2026-11-20T09:02:00.000Z')] })),
    ]);
    expect(dataOf<Note[]>(await whole(`${LEADS}/1/notes`)).map(({ id }) => id)).toEqual(['i2', 'q1', 'i1']);
    expect(dataOf<Note[]>(await whole(`${LEADS}/1/notes?limit=1`)).map(({ id }) => id)).toEqual(['i2']);
    await ends[1]();
    expect((await whole(`${LEADS}/1/notes`, 'qualification')).body).toMatchObject({ data: [{ id: 'i2' }, { id: 'i1' }], meta: { missing: ['qualification'] } });
    await ends[0]();
  });

  it('shows decisions as routing has them: the latest first', async () => {
    const decision = (id: number) => ({ id, because: `d${id}` }) as DecisionView;
    const end = await cell.answer(GetDecisions, () => ({ assignment: routingState(1), decisions: [decision(8), decision(3)] }));
    expect(dataOf(await admin('GET', `${LEADS}/1/routing`))).toMatchObject({ assignment: { owner: { name: 'Ann' } }, decision: { id: 8 }, decisions: [{ id: 8 }, { id: 3 }] });
    await end();
  });

  it('hands commands on with the key of their attempt, and answers as they answer', async () => {
    const seen: Context[] = [];
    const ends = await Promise.all([
      cell.answer(QualifyLead, ({ context, lead_id, body }): AnswerOf<typeof QualifyLead> => {
        seen.push(context);
        return {
          message: 'Lead qualified successfully',
          data: { id: lead_id, email: null, status: 'qualified', notes: body.qualification_notes ?? null }, warnings: [{ code: 'w', detail: 'w' }],
        };
      }),
      cell.answer(CreateOpportunity, ({ context, body }) => {
        seen.push(context);
        return { opportunity: { id: 890, ...body } as unknown as Opportunity };
      }),
      cell.answer(SearchCustomers, ({ q }) => ({ customers: [{ id: 567, email: q } as never] })),
      cell.answer(PutPackedSetup, ({ packed }) => { throw DomainError.invalidField('pools', 'required', packed); }),
    ]);
    const headers = { 'idempotency-key': 'q-1' };
    const qualified = await admin('POST', `${LEADS}/1/qualify`, { body: { qualified: true, qualification_notes: 'BANT' }, headers });
    expect([qualified.status, qualified.body]).toEqual([200, {
      message: 'Lead qualified successfully', data: { id: 1, email: null, status: 'qualified', notes: 'BANT' }, warnings: [{ code: 'w', detail: 'w' }],
    }]);
    const opportunity = await admin('POST', '/api/v1/crm/opportunities', { body: { name: 'x', customer_id: 567, value: 50000 }, headers });
    expect([opportunity.status, opportunity.body.message, opportunity.headers.get('location')])
      .toEqual([201, 'Opportunity created', '/api/v1/crm/opportunities/890']);
    expect(seen.map(({ idempotency }) => idempotency?.key)).toEqual(['q-1', 'q-1']);
    expect(seen[0].idempotency!.scope).not.toBe(seen[1].idempotency!.scope);
    expect(dataOf<unknown[]>(await admin('GET', '/api/v1/crm/customers/search?q=sarah%40techcorp.com'))).toEqual([{ id: 567, email: 'sarah@techcorp.com' }]);
    expectProblem(await admin('PUT', '/api/v1/crm/routing/setup', { body: { teams: [] } }), 422, 'required', 'pools');
    expectProblem(await admin('PUT', '/api/v1/crm/routing/setup', { body: {}, token: keys.rep }), 403, 'forbidden');
    await Promise.all(ends.map((end) => end()));
  });
});

describe('bad input', () => {
  const post = (body: unknown) => admin('POST', LEADS, { body });
  const raw = (bytes: string | Buffer, headers: Record<string, string> = {}) => admin('POST', LEADS, { raw: bytes, headers });
  const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  it.each([
    ['a wrong type', { first_name: 5 }, 'first_name', 'wrong_type'],
    ['text for a number', { employees: 'many' }, 'employees', 'wrong_type'],
    ['a fraction for a whole number', { employees: 1.5 }, 'employees', 'wrong_type'],
    ['a negative amount', { annual_revenue: -1 }, 'annual_revenue', 'too_small'],
    ['an unknown property', { favourite_colour: 'red' }, 'favourite_colour', 'unknown_field'],
    ['an unknown nested property', { consent: { foo: 1 } }, 'consent.foo', 'unknown_field'],
    ['an over-long text', { first_name: 'x'.repeat(101) }, 'first_name', 'too_long'],
    ['too many tags', { tags: new Array(51).fill('a') }, 'tags', 'too_many'],
    ['a wrong item', { tags: ['a', 1] }, 'tags.1', 'wrong_type'],
    ['an object as custom field', { custom_fields: { a: { b: 1 } } }, 'custom_fields.a', 'wrong_type'],
    ['NUL', { notes: 'a\0b' }, 'notes', 'illegal_character'],
    ['NUL in a name', { custom_fields: { 'a\0': 1 } }, 'custom_fields', 'illegal_character'],
    ['a lone surrogate', { company_name: 'a\ud800' }, 'company_name', 'illegal_character'],
    ['a list', [], '(body)', 'wrong_type'],
    ['null', null, '(body)', 'wrong_type'],
  ])('%s is a 422 that names the field', async (_what, body, field, code) => {
    expectProblem(await post(body), 422, code, field);
  });

  it.each([
    ['an unknown status', 'PATCH', `${LEADS}/1`, { status: 'lost' }, 'status', 'unknown_value'],
    ['no date', 'PATCH', `${LEADS}/1`, { next_follow_up: 'tomorrow' }, 'next_follow_up', 'wrong_format'],
    ['six stars', 'PATCH', `${LEADS}/1`, { rating: 6 }, 'rating', 'too_large'],
    ['an unknown reason', 'POST', `${LEADS}/1/qualify`, { qualified: false, disqualification_reason: 'mood' }, 'disqualification_reason', 'unknown_value'],
    ['a missing field', 'POST', `${LEADS}/1/qualify`, {}, 'qualified', 'required'],
    ['an unknown stage', 'POST', `${LEADS}/1/convert`, { opportunity_stage: 'dream' }, 'opportunity_stage', 'unknown_value'],
    ['an amount as text', 'POST', '/api/v1/crm/opportunities', { name: 'x', customer_id: 1, value: '5' }, 'value', 'wrong_type'],
    ['a score beyond 50', 'PATCH', `${LEADS}/1/score`, { behavioral_score: 51 }, 'behavioral_score', 'too_large'],
    ['a list for a model', 'PUT', '/api/v1/crm/scoring/model', [], '(body)', 'wrong_type'],
  ])('%s is a 422 that names the field', async (_what, method, path, body, field, code) => {
    expectProblem(await admin(method, path, { body }), 422, code, field);
  });

  it('names every field that is wrong', async () => {
    expect((await post({ first_name: 1, last_name: 2, foo: 3 })).body.errors).toHaveLength(3);
  });

  it.each([
    ['broken JSON', () => raw('{"a":')], ['no JSON', () => raw('hello')], ['an empty body', () => raw('')],
    ['invalid UTF-8', () => raw(Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]))],
    ['no body', () => admin('POST', `${LEADS}/1/qualify`)],
  ])('%s is a 400', async (_what, send) => {
    expectProblem(await send(), 400, 'malformed');
  });

  it('an absent body is an empty one where a command needs nothing said', async () => {
    const end = await cell.answer(DecideSubmission, ({ decision }): AnswerOf<typeof DecideSubmission> => (
      { submission: { state: 'done', verdict: 'rejected', because: decision, lead_id: null } }));
    const path = '/api/v1/crm/submissions/019b2c4e-0000-7000-8000-000000000000/reject';
    expect([(await admin('POST', path)).status, (await admin('POST', path, { body: {} })).status]).toEqual([200, 200]);
    expectProblem(await admin('POST', path, { body: { raeson: 'x' } }), 422, 'unknown_field', 'raeson');
    await end();
  });

  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }], ['text', { 'content-type': 'text/plain' }],
    ['another charset', { 'content-type': 'application/json; charset=latin1' }], ['nonsense', { 'content-type': 'nonsense' }],
    ['a merge patch on POST', { 'content-type': 'application/merge-patch+json' }], ['a compressed body', { 'content-encoding': 'gzip' }],
  ])('%s is a 415', async (_what, headers) => {
    expectProblem(await raw('{}', headers), 415, 'unsupported_media_type');
  });

  it('takes a charset that is UTF-8', async () => {
    expect((await inTime(() => raw('{"email":"new@example.com"}', { 'content-type': 'application/json; charset=UTF-8' }))).status).toBe(201);
  });

  it('refuses what is too deep, too much, too large or reaches for a prototype', async () => {
    expectProblem(await raw(`{"custom_fields":${deep(30)}}`), 422, 'too_deep');
    expectProblem(await raw(deep(100_000)), 422, 'too_deep');
    expectProblem(await raw(`{"tags":[${new Array(10_001).fill(1).join()}]}`), 422, 'too_large', '(body)');
    expectProblem(await raw(JSON.stringify({ notes: 'x'.repeat(256 * 1024) })), 413, 'too_large');
    expectProblem(await raw('{"__proto__":{"scopes":["admin"]}}'), 422, 'illegal_name', '__proto__');
    expectProblem(await raw('{"annual_revenue":1e999}'), 422, 'out_of_range', 'annual_revenue');
  });

  it('never becomes a fault of ours', async () => {
    const end = await cell.answer(CaptureLeads, ({ items }) => ({ results: items.map((): CaptureResult => ({ ok: false, error: DomainError.conflict('c', 'c').body })) }));
    const routes = [
      ['POST', LEADS], ['POST', `${LEADS}/4/qualify`], ['POST', `${LEADS}/4/convert`], ['POST', '/api/v1/crm/opportunities'], ['PATCH', `${LEADS}/4`],
      ['PATCH', `${LEADS}/4/score`], ['POST', `${TENANTS}/demo/keys`], ['PATCH', `${TENANTS}/demo`], ['POST', TENANTS],
    ] as const;
    const fields = ['email', 'tags', 'custom_fields', 'consent', 'utm', 'qualified', 'create_customer', 'name', 'role', 'currency', 'picklists', 'policies',
      'id', 'status', 'behavioral_score', 'value', '__proto__', 'constructor'];
    const body = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...fields), fc.jsonValue({ maxDepth: 3 })));
    await fc.assert(fc.asyncProperty(fc.constantFrom(...routes), body, async ([method, path], value) => {
      const send = path === TENANTS ? operator : admin;
      const { status, body: answer } = await send(method, path, { body: value });
      // Nobody stands in for qualify and convert: a valid body finds no service, which is no fault of the input.
      expect(status < 500 || (status === 503 && answer.code === 'unavailable')).toBe(true);
    }), { numRuns: 300 });
    await end();
  });
});
