import { connect } from 'nats';
import { SERVICES, type Service } from '@headwater/contracts';
import { natsLogin } from '@headwater/embedded';
import { eventually, startCell, type Cell } from '@headwater/testing';
import { client, kept, OPERATOR_TOKEN, type Send } from '../../apps/gateway/test/http';

interface Line { time: string; level: string; service: string; message: string; tenant?: string; correlation_id?: string; trace_id?: string; err?: { code?: string } }

const LEADS = '/api/v1/crm/leads';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
/** One each for what succeeds, is refused, and fails here and there; every text of theirs is looked for. */
const people = ['Quixotara', 'Zephyrinda', 'Wolframine', 'Ottolinde', 'Ysoldanne', 'Xanthippa'].map((name, i) => ({
  first_name: name, last_name: `${name}sdottir`, email: `${name.toLowerCase()}.private@example-${i}.test`, phone: `+49151234567${i}9`,
  notes: `${name} whispers about the ${name}-merger`,
}));
const [welcome, refused, unstorable, unscorable, poison, garbled] = people;
const tellingTexts = people.flatMap(({ first_name, last_name, email, phone }) => [first_name, last_name, email, phone.slice(3)]);

let cell: Cell;
let send: Send;
let key: string;
beforeAll(async () => {
  cell = await startCell({ services: [] });
  await Promise.all(SERVICES.map(async (name) => {
    const { url } = await cell.spawn({ name, env: { LOG_LEVEL: 'trace', OPERATOR_TOKEN } });
    if (name === 'gateway') send = client(url, OPERATOR_TOKEN);
  }));
  await send('POST', '/api/v1/admin/tenants', { body: { id: 'demo' } });
  const { body } = await send('POST', '/api/v1/admin/tenants/demo/keys', { body: { name: 'k', role: 'admin' } });
  ({ key } = body.data as unknown as { key: string });
}, 90_000);
afterAll(() => cell.stop());

const linesOf = (service: Service): Line[] => cell.logOf(service).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line);
const lineOf = (service: Service, correlation: string, level: string): Promise<Line> => eventually(`${service} says what became of ${correlation}`,
  () => linesOf(service).find((line) => line.correlation_id === correlation && line.level === level));

const post = (body: object, correlation: string, headers: Record<string, string> = {}) => send('POST', LEADS, {
  token: key, body, headers: { 'x-correlation-id': correlation, traceparent: `00-${TRACE}-00f067aa0ba902b7-01`, ...headers },
});

it('what succeeds is not worth a line', async () => {
  let attempts = 0;
  const succeeded = await eventually('intake has taken them in', async () => {
    attempts += 1;
    const { status } = await post(welcome, `welcome-${attempts}`, { 'idempotency-key': 'welcome' });
    return status === 201 && `welcome-${attempts}`;
  });
  await cell.settled();
  expect(SERVICES.flatMap(linesOf).filter(({ correlation_id }) => correlation_id === succeeded)).toEqual([]);
});

it('a refusal is told at debug, with whom it concerned', async () => {
  expect((await post({ ...refused, email: `${refused.email} ${refused.last_name}`, [refused.first_name]: refused.notes }, 'refused')).status).toBe(422);
  expect(await lineOf('gateway', 'refused', 'debug')).toMatchObject({ tenant: 'demo', trace_id: TRACE, request: `POST ${LEADS}`, kind: 'invalid' });
  await send('GET', `/api/v1/crm/customers/search?q=${refused.email}&${refused.last_name}=1`, { token: key });
  await send('GET', `${LEADS}/${refused.email}?x=${refused.last_name}`, { token: key });
  await send('GET', `/${refused.email}`, { token: `Bearer ${refused.last_name}` });
  expect((await send('GET', LEADS, { token: `${key}-${refused.last_name}`, headers: { 'x-request-id': 'stranger' } })).status).toBe(401);
  await lineOf('gateway', 'stranger', 'debug');
});

it('a database that quotes the row is not quoted', async () => {
  await cell.rows('intake', `alter table lead add constraint quoting check (profile->>'first_name' <> '${unstorable.first_name}')`);
  expect((await kept(() => post(unstorable, 'unstorable'))).status).toBe(202);
  expect(await lineOf('intake', 'unstorable', 'error')).toMatchObject({
    tenant: 'demo', trace_id: TRACE, err: { code: '23514', table: 'lead', constraint: 'quoting', stack: expect.stringContaining('captureWithin') },
  });
});

it('a handler that fails on one lead says which request it came from, and nothing of the lead', async () => {
  await cell.rows('scoring', `
    create function quote() returns trigger language plpgsql as $$ begin
      if new::text like '%${unscorable.first_name}%' then raise exception 'can not score %', new; end if;
      return new;
    end $$`);
  const tables = await cell.rows<{ name: string }>('scoring', `select quote_ident(relname) as name from pg_class where relnamespace = 'scoring'::regnamespace and relkind = 'r'
    and relname <> 'dead_letter'`);
  for (const { name } of tables) await cell.rows('scoring', `create trigger quoting before insert or update on ${name} for each row execute function scoring.quote()`);
  expect([201, 202]).toContain((await kept(() => post(unscorable, 'unscorable'))).status); // 202: where intake is behind, it is kept, and taken in later
  expect(await lineOf('scoring', 'unscorable', 'warn')).toMatchObject({ tenant: 'demo', err: { code: 'P0001' } });
});

it('nor does an event that can\'t be read, or isn\'t one', async () => {
  const connection = await connect(natsLogin(cell.natsUrl));
  const [captured] = cell.events<Record<string, unknown>>('lead.captured');
  const events = [
    JSON.stringify({ ...captured, id: '0190a6ef-0000-7000-8000-000000000001', correlationid: 'poison', data: { ...captured.data, touch: poison, lead: { profile: poison } } }),
    `{"id": ${JSON.stringify(garbled.email)}, ${garbled.last_name}`,
  ];
  for (const event of events) await connection.jetstream().publish('crm.demo.live.lead.captured.v1', event);
  await connection.close();
  await eventually('scoring has put them aside', () => linesOf('scoring').filter(({ message }) => message === 'An event became a dead letter').length >= 2,
    { timeoutMs: 20_000 });
  expect(await lineOf('scoring', 'poison', 'error')).toMatchObject({ tenant: 'demo' });
});

it('every line is JSON with the same members, and none of them holds anything of a person, a credential or an address', async () => {
  await cell.settled({ timeoutMs: 30_000, deadLetters: true });
  const logs = SERVICES.map((service) => cell.logOf(service).toLowerCase());
  const secrets = [key, OPERATOR_TOKEN, 'postgres://', '?q='];
  expect([...tellingTexts, ...secrets].filter((text) => logs.some((log) => log.includes(text.toLowerCase())))).toEqual([]);
  for (const service of SERVICES) {
    for (const line of linesOf(service)) {
      expect(line).toMatchObject({ service, message: expect.any(String), level: expect.stringMatching(/^(trace|debug|info|warn|error)$/) });
      expect(new Date(line.time).toISOString()).toBe(line.time);
    }
  }
}, 60_000);
