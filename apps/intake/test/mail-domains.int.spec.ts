import { createSocket, type Socket } from 'node:dgram';
import { v7 as uuidv7 } from 'uuid';
import { CaptureLeads, GetLeads, UpdateLead, type CreateLead } from '@headwater/contracts';
import { captureItem, eventually, startCell, takenIn, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../src/intake.module';

const [A, MX, AAAA] = [1, 15, 28];
const NAME_ERROR = 3;

/** What a server says of a domain, by the type of record; undefined: nothing at all, an empty list: it has none. */
const ZONE: Record<string, Partial<Record<number, Buffer[]>> | 'unknown' | 'silent'> = {
  'mail.test': { [MX]: [mx('mx.mail.test')] },
  'null.test': { [MX]: [mx('')], [A]: [Buffer.from([192, 0, 2, 1])] },
  'host.test': { [MX]: [], [A]: [Buffer.from([192, 0, 2, 1])], [AAAA]: [] },
  'bare.test': { [MX]: [], [A]: [], [AAAA]: [] },
  'xn--mller-kva.test': { [MX]: [mx('mx.mail.test')] },
  'nobody.test': 'unknown', 'silent.test': 'silent',
};

function mx(exchange: string): Buffer {
  return Buffer.concat([Buffer.from([0, 10]), encoded(exchange)]);
}
function encoded(name: string): Buffer {
  return Buffer.concat([...name.split('.').filter(Boolean).flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]), Buffer.from([0])]);
}

/** Answers a question of one name, as RFC 1035 has it. */
function answerTo(query: Buffer): Buffer | null {
  const labels: string[] = [];
  let at = 12;
  for (; query[at] > 0; at += 1 + query[at]) labels.push(query.subarray(at + 1, at + 1 + query[at]).toString());
  const question = query.subarray(12, at + 5);
  const type = query.readUInt16BE(at + 1);
  const said = ZONE[labels.join('.').toLowerCase()] ?? 'unknown';
  if (said === 'silent') return null;
  const records = said === 'unknown' ? [] : said[type] ?? [];
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | (said === 'unknown' ? NAME_ERROR : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question, ...records.map((data) => {
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(type, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt32BE(60, 6);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([record, data]);
  })]);
}

let server: Socket;
let cell: Cell;
const asked: string[] = [];
beforeAll(async () => {
  server = createSocket('udp4', (query, { port, address }) => {
    asked.push(query.subarray(12).toString('latin1'));
    const answer = answerTo(query);
    if (answer) server.send(answer, port, address);
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  cell = await startCell({ services: [intake], env: { MX_RESOLVERS: `127.0.0.1:${server.address().port}` } });
});
afterAll(async () => {
  await cell.stop();
  server.close();
});

const tenants = { demo: testTenant('demo') };
const captured = async (lead: CreateLead) => takenIn((await cell.ask(CaptureLeads, { items: [captureItem(lead)], tenants })).results[0]).lead;
const factOf = async (id: number) => (await cell.ask(GetLeads, { tenant: 'demo', ids: [id] })).leads[0].facts.email_mx ?? null;
const becomes = (id: number, wanted: boolean) => eventually(`${id} is ${wanted}`, async () => await factOf(id) === wanted);

it.each([
  ['mail.test', true], ['null.test', false], ['host.test', true], ['bare.test', false], ['nobody.test', false], ['müller.test', true],
])('finds out after the answer whether %s takes mail', async (domain, takesMail) => {
  const { lead_id, facts } = await captured({ email: `first@${domain}` });
  expect(facts.email_mx ?? null).toBeNull();
  await becomes(lead_id, takesMail);
  await cell.settled();
  const [event] = cell.events<{ changed: string[] }>('lead.updated').filter(({ leadid }) => leadid === lead_id);
  expect(event).toMatchObject({ revision: 2, data: { changed: ['email_mx'], lead: { facts: { email_mx: takesMail } } } });
});

it('asks once for a domain, forgets it with the address, and knows nothing of who does not answer', async () => {
  const before = asked.length;
  const { lead_id } = await captured({ email: 'second@mail.test' });
  await becomes(lead_id, true);
  expect(asked.length).toBe(before);
  const patch = (fields: CreateLead) => cell.ask(UpdateLead, { context: cell.context(), command_id: uuidv7(), lead_id, patch: fields });
  expect((await patch({ city: 'Rome' })).lead.facts.email_mx).toBe(true);
  expect((await patch({ email: 'second@silent.test' })).lead.facts.email_mx ?? null).toBeNull();
  const invalid = await captured({ last_name: 'None', email: 'nobody' });
  await patch({ email: 'second@bare.test' });
  await becomes(lead_id, false);
  expect(await factOf(invalid.lead_id)).toBeNull();
});
