import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { Pool, type PoolClient } from 'pg';
import { bodyOf } from '../load/people';
import { envelopeOf, SUBJECT } from './baseline-event';

// What anybody would write in place of Headwater: a lead and its event in one transaction, and nothing else. Forked with how it
// works, pool size, database, templates and seconds; tells its parent its port, or what it has written.
const [mode, size, database, file, seconds] = process.argv.slice(2) as ['loop' | 'batch' | 'http', string, string, string, string];
const templates = readFileSync(file, 'utf8').split('\n');
const pool = new Pool({ connectionString: database, max: Number(size) });
const BATCH = 64;
const WARM_UP_S = 1;
let person = 100_000_000;

const LEAD = 'insert into bench_baseline.lead (payload)';
const EVENT = 'insert into bench_baseline.outbox (id, subject, envelope)';
const INSERT_LEAD = { name: 'lead', text: `${LEAD} values ($1) returning id` };
const INSERT_EVENT = { name: 'event', text: `${EVENT} values ($1, $2, $3)` };
const INSERT_LEADS = { name: 'leads', text: `${LEAD} select * from unnest($1::jsonb[]) returning id` };
const INSERT_EVENTS = { name: 'events', text: `${EVENT} select * from unnest($1::uuid[], $2::text[], $3::json[])` };

async function insert(client: PoolClient, body: string): Promise<string> {
  await client.query('begin');
  const lead = (await client.query<{ id: string }>({ ...INSERT_LEAD, values: [body] })).rows[0]!.id;
  const id = randomUUID();
  await client.query({ ...INSERT_EVENT, values: [id, SUBJECT, envelopeOf(id, lead, body)] });
  await client.query('commit');
  return lead;
}

async function insertBatch(client: PoolClient, bodies: string[]): Promise<void> {
  await client.query('begin');
  const { rows } = await client.query<{ id: string }>({ ...INSERT_LEADS, values: [bodies] });
  const ids = rows.map(() => randomUUID());
  const envelopes = rows.map((row, i) => envelopeOf(ids[i]!, row.id, bodies[i]!));
  await client.query({ ...INSERT_EVENTS, values: [ids, ids.map(() => SUBJECT), envelopes] });
  await client.query('commit');
}

/** As many workers as connections. @returns how many leads they have written */
async function work(forSeconds: number): Promise<number> {
  const end = performance.now() + forSeconds * 1_000;
  const take = (): string => bodyOf(templates, (person += 1));
  const worker = async (written = 0): Promise<number> => {
    const client = await pool.connect();
    for (; performance.now() < end; written += mode === 'batch' ? BATCH : 1) {
      if (mode === 'batch') await insertBatch(client, Array.from({ length: BATCH }, take));
      else await insert(client, take());
    }
    client.release();
    return written;
  };
  return (await Promise.all(Array.from({ length: Number(size) }, () => worker()))).reduce((sum, written) => sum + written);
}

async function loop(): Promise<void> {
  const warmUp = await work(WARM_UP_S);
  const since = performance.now();
  const leads = await work(Number(seconds));
  process.send!({ warmUp, leads, seconds: (performance.now() - since) / 1_000 });
}

async function answer(body: string, response: ServerResponse): Promise<void> {
  const lead = JSON.parse(body) as { email: string };
  const client = await pool.connect();
  const id = await insert(client, JSON.stringify(lead));
  client.release();
  response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ data: { id, email: lead.email } }));
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => void answer(Buffer.concat(chunks).toString(), response));
});

process.on('disconnect', () => process.exit());
if (mode === 'http') server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as { port: number }).port }));
else void loop();
