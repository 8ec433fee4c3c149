import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AckPolicy, connect, type NatsConnection } from 'nats';
import { allEvents, eventSubject, SERVICES, type Service } from '../../libs/contracts/src';
import { natsLogin, startNats, type RunningServer } from '../../libs/embedded/src';
import { consumerControlSubject, SPOOL, SPOOL_SUBJECT, STREAM, STREAMS } from '../../libs/messaging/src';
import { NATS_PASSWORDS, natsUrlOf } from '../../libs/testing/src';

/** A nats-server with the permissions of production, and the streams as an administrator finds them. */
const directory = mkdtempSync(join(tmpdir(), 'headwater-access-'));
const connections: NatsConnection[] = [];
let server: RunningServer;
let admin: Visitor;

type User = Parameters<typeof natsUrlOf>[1];

/** A connection, and what the server has refused it: it tells that to nobody else. */
interface Visitor { connection: NatsConnection; refusals: string[] }

async function login(user: User): Promise<Visitor> {
  const connection = await connect({ ...natsLogin(natsUrlOf(server, user)), reconnect: false });
  connections.push(connection);
  const refusals: string[] = [];
  void (async () => {
    for await (const { permissionContext } of connection.status()) {
      if (permissionContext) refusals.push(`${permissionContext.operation} ${permissionContext.subject}`);
    }
  })();
  return { connection, refusals };
}

beforeAll(async () => {
  server = await startNats({ storeDir: join(directory, 'nats'), log: join(directory, 'nats.log'), passwords: NATS_PASSWORDS });
  admin = await login('admin');
  const { streams } = await admin.connection.jetstreamManager();
  for (const { users: _, ...stream } of STREAMS) await streams.add(stream);
});
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** What of each attempt was refused. The server speaks in order: when it answers a ping, it has said all of what was before. */
async function refused({ connection, refusals }: Visitor, subjects: string[], attempt: (subject: string) => void): Promise<string[]> {
  refusals.length = 0;
  subjects.forEach(attempt);
  await connection.flush();
  await connection.flush();
  return [...refusals];
}

/** @returns those of the subjects that it may not publish to */
const unpublished = async (visitor: Visitor, ...subjects: string[]): Promise<string[]> =>
  (await refused(visitor, subjects, (subject) => visitor.connection.publish(subject, '{}'))).map((text) => text.replace('publish ', ''));

/** @returns those of the subjects that it may not hear, alone or in the queue group of its service */
const unheard = async (visitor: Visitor, queue: string | undefined, ...subjects: string[]): Promise<string[]> =>
  (await refused(visitor, subjects, (subject) => void visitor.connection.subscribe(subject, { queue, callback: () => undefined })))
    .map((text) => text.replace('subscription ', ''));

const others = (service: Service): Service[] => SERVICES.filter((name) => name !== service);
const STREAM_CALLS = ['DELETE', 'UPDATE', 'MSG.GET', 'MSG.DELETE', 'SNAPSHOT', 'RESTORE'];
const touching = (durable: string): string[] => [
  ...['DELETE', 'INFO', 'MSG.NEXT', 'DURABLE.CREATE', 'CREATE'].map((call) => `$JS.API.CONSUMER.${call}.${STREAM}.${durable}`),
  `$JS.API.CONSUMER.CREATE.${STREAM}.${durable}.crm.*.live.lead.captured.v1`, `$JS.ACK.${STREAM}.${durable}.1.1.1.1.0`,
];
/** Who asks whom: the gateway everybody, and some services each other. */
const ASKERS: Record<Service, Service[]> = {
  gateway: ['gateway'], intake: ['gateway', 'scoring', 'routing', 'qualification', 'conversion'],
  scoring: ['gateway', 'intake', 'qualification', 'conversion'], routing: ['gateway', 'intake', 'qualification', 'conversion'],
  qualification: ['gateway', 'intake', 'conversion'], conversion: ['gateway', 'qualification'],
};
const events = (mine: boolean, service: Service): string[] => allEvents()
  .filter(({ publishers }) => publishers.includes(service) === mine)
  .flatMap((event) => [eventSubject(event, 'acme', 'live'), eventSubject(event, 'acme', 'bulk')]);

describe.each(SERVICES)('on NATS %s', (service) => {
  let visitor: Visitor;
  beforeAll(async () => { visitor = await login(service); });

  const mayNotPublish = async (...subjects: string[]) => expect(await unpublished(visitor, ...subjects)).toEqual(subjects);
  const mayNotHear = async (...subjects: string[]) => expect(await unheard(visitor, undefined, ...subjects)).toEqual(subjects);

  it('publishes its own events, and no other', async () => {
    expect(await unpublished(visitor, ...events(true, service))).toEqual([]);
    await mayNotPublish(...events(false, service));
  });

  it("hears its own requests and commands, and no one else's", async () => {
    expect(await unheard(visitor, service, `${service}.anything`)).toEqual([]);
    expect(await unheard(visitor, undefined, consumerControlSubject(service))).toEqual([]);
    await mayNotHear(
      ...others(service).flatMap((name) => [`${name}.anything`, `${name}.*`, consumerControlSubject(name)]), `${service}.spy`, '>', '*.*', 'ops.>');
    const foreign = others(service).map((name) => `${name}.anything`);
    expect(await unheard(visitor, service, ...foreign)).toEqual(foreign);
  });

  it("reads the answers to its own questions, and no one else's", async () => {
    expect(await unheard(visitor, undefined, `_INBOX_${service}.>`)).toEqual([]);
    await mayNotHear(
      ...[...others(service), 'admin', 'consumer'].flatMap((name) => [`_INBOX_${name}.>`, `_INBOX_${name}.1`]), '_INBOX.>', '*.>');
  });

  it('answers who asks it, and speaks into the inbox of nobody else', async () => {
    visitor.connection.subscribe(`${service}.question`, { queue: service, callback: (_error, message) => void message.respond('answer') });
    await visitor.connection.flush();
    expect((await admin.connection.request(`${service}.question`, '', { timeout: 5_000 })).string()).toBe('answer');
    const strangers = SERVICES.filter((name) => !ASKERS[service].includes(name));
    await mayNotPublish('_INBOX.answer', ...['consumer', ...strangers].map((name) => `_INBOX_${name}.answer`));
  });

  it('deletes, purges and changes no stream, and reads none past its consumers', async () => {
    await mayNotPublish(
      ...[STREAM, SPOOL].flatMap((stream) => STREAM_CALLS.map((call) => `$JS.API.STREAM.${call}.${stream}`)),
      `$JS.API.STREAM.PURGE.${STREAM}`, ...(service === 'intake' ? [] : [`$JS.API.STREAM.PURGE.${SPOOL}`]),
      `$JS.API.DIRECT.GET.${SPOOL}`, '$JS.API.STREAM.CREATE.MINE', '$JS.API.STREAM.LIST');
  });

  it("uses no one else's durable, and makes none but its own", async () => {
    const durable = service === 'scoring' ? 'routing_lead_scored_v1' : 'scoring_lead_captured_v1';
    await mayNotPublish(
      ...touching(durable), `$JS.API.CONSUMER.CREATE.${STREAM}`, `$JS.API.CONSUMER.CREATE.${STREAM}.mine.crm.>`, `$JS.API.CONSUMER.LIST.${STREAM}`);
  });

  it('reads the spool only as intake, and writes it only as the gateway', async () => {
    const spooled = `${SPOOL_SUBJECT}.acme.0190`;
    if (service !== 'gateway') await mayNotPublish(spooled);
    if (service !== 'intake') {
      await mayNotPublish(`$JS.API.CONSUMER.MSG.NEXT.${SPOOL}.intake_spool`, `$JS.API.CONSUMER.CREATE.${SPOOL}.${service}_spool.${SPOOL_SUBJECT}.>`);
    }
    await mayNotHear(spooled, `${SPOOL_SUBJECT}.>`);
  });
});

describe('a reader from outside', () => {
  it('makes consumers of its own, reads all events with them, and takes them away', async () => {
    await admin.connection.jetstream().publish('crm.acme.live.lead.captured.v1', 'captured');
    const { connection } = await login('consumer');
    const manager = await connection.jetstreamManager();
    await manager.consumers.add(STREAM, { durable_name: 'warehouse', ack_policy: AckPolicy.Explicit });
    const message = await (await connection.jetstream().consumers.get(STREAM, 'warehouse')).next({ expires: 5_000 });
    expect(await message?.ackAck()).toBe(true);
    expect(await manager.consumers.delete(STREAM, 'warehouse')).toBe(true);
  });

  it("publishes nothing, and touches neither a service's durable nor the spool", async () => {
    const visitor = await login('consumer');
    const published = [
      eventSubject(allEvents()[0], 'acme', 'live'), 'intake.get_leads', 'scoring.override_score', ...touching('scoring_lead_captured_v1'),
      ...touching('routing_lead_scored_v1_bulk'), `$JS.API.CONSUMER.CREATE.${SPOOL}.mine`, `$JS.API.STREAM.DELETE.${STREAM}`, `$JS.API.STREAM.PURGE.${STREAM}`,
    ];
    expect(await unpublished(visitor, ...published)).toEqual(published);
    const heard = ['_INBOX.>', '_INBOX_gateway.>', `${SPOOL_SUBJECT}.>`, 'intake.*', '>'];
    expect(await unheard(visitor, undefined, ...heard)).toEqual(heard);
  });
});

it('without a password nobody gets in', async () => {
  await expect(connect({ servers: `127.0.0.1:${server.port}`, reconnect: false })).rejects.toMatchObject({ code: 'AUTHORIZATION_VIOLATION' });
  await expect(connect({ ...natsLogin(natsUrlOf(server, 'intake')), pass: 'wrong', reconnect: false })).rejects.toMatchObject({ code: 'AUTHORIZATION_VIOLATION' });
});
