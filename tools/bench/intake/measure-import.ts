import { Readable } from 'node:stream';
import type { Import } from '@headwater/contracts';
import { RunError } from '../../instance/run-error';
import { until } from '../../instance/until';
import type { Bench } from '../bench';
import { LiveLeads } from '../load/live-leads';
import { untilDrained } from '../watching/evidence';
import { cpuSeconds, differences, residentMb } from '../watching/processes';
import { wallClock } from '../watching/routed-watch';
import type { ImportNumbers } from './intake-summary';
import { peopleFile } from './people-file';

const LIVE_EVERY_MS = 400;
const LOOK_EVERY_MS = 500;
const DONE_WITHIN_MS = 3_600_000;
const MB = 1e6;

interface Sample { rows: number; gateway: number; intake: number }

/** Imports a file of people whom nobody knows, while now and then a lead is posted. Says what speaks against it to `bench.faults`. */
export async function measureImport(bench: Bench, rows: number): Promise<ImportNumbers> {
  const { system, terminal } = bench;
  await untilDrained(system);
  const uploaded = await terminal.step('  upload', () => upload(bench, rows), ({ mb_per_s }) => `${mb_per_s.toFixed(1)} MB/s`);
  const before = cpuSeconds(system.instance.facts().pids);
  const live = await LiveLeads.begin(bench, LIVE_EVERY_MS);
  const samples: Sample[] = [];
  const started = wallClock();
  await call(bench, 'POST', `/${uploaded.id}/start`, '{}');
  const done = await terminal.step('  import', (say) => untilDone(bench, uploaded.id, samples, say), ({ progress: { rows_per_s } }) => `${rows_per_s} rows/s`);
  const captured_s = (Date.parse(done.finished_at!) - Date.parse(done.started_at!)) / 1_000;
  await terminal.step('  matching', () => untilMatched(bench), () => `${seconds(started)} s after the start`);
  const matched_s = (wallClock() - started) / 1_000;
  await live.end();
  await terminal.step('  routing', () => untilDrained(system), () => `${seconds(started)} s after the start`);
  const routed_in_s = (wallClock() - started) / 1_000;
  const cpu = differences(cpuSeconds(system.instance.facts().pids), before);
  await check(bench, done, rows);
  return {
    rows, rows_per_s: rows / captured_s, matched_rows_per_s: rows / matched_s, routed_in_s, upload_mb_per_s: uploaded.mb_per_s,
    live: live.numbers(), memory_mb: { gateway: quarters(samples, rows, 'gateway'), intake: quarters(samples, rows, 'intake') },
    cpu_us_per_row: Object.fromEntries(Object.entries(cpu).map(([name, used]) => [name, (used * 1e6) / rows])),
  };
}

const seconds = (since: number): number => Math.round((wallClock() - since) / 1_000);

async function call<Data = Import>({ gateway, system: { signal } }: Bench, method: string, path: string, body?: string | Readable, type = 'application/json'): Promise<Data> {
  const response = await fetch(gateway.url.replace(/leads$/, `imports${path}`), {
    method, body: body as never, signal, duplex: 'half', headers: { authorization: `Bearer ${gateway.token}`, ...(body === undefined ? {} : { 'content-type': type }) },
  } as RequestInit);
  const text = await response.text();
  if (!response.ok) throw new RunError(`${method} ${path} answered ${response.status}: ${text}`);
  return (JSON.parse(text) as { data: Data }).data;
}

async function upload(bench: Bench, rows: number): Promise<{ id: number; mb_per_s: number }> {
  const since = wallClock();
  const { id, bytes } = await call(bench, 'POST', '?name=people.csv', Readable.from(peopleFile(bench.people, rows)), 'text/csv');
  return { id, mb_per_s: bytes / MB / ((wallClock() - since) / 1_000) };
}

async function untilDone(bench: Bench, id: number, samples: Sample[], say: (text: string) => void): Promise<Import> {
  let known = await call(bench, 'GET', `/${id}`);
  const { pids } = bench.system.instance.facts();
  await until(async () => {
    known = await call(bench, 'GET', `/${id}`);
    // Of these alone: to look at all processes keeps this one for a tenth of a second, and with it the leads whose time it takes.
    const { gateway, intake } = residentMb({ gateway: pids.gateway!, intake: pids.intake! });
    samples.push({ rows: known.progress.rows, gateway: gateway!, intake: intake! });
    say(`${known.progress.rows} rows`);
    return !['running', 'uploaded'].includes(known.state);
  }, { signal: bench.system.signal, withinMs: DONE_WITHIN_MS, what: 'the import', lookEveryMs: LOOK_EVERY_MS });
  return known;
}

const untilMatched = ({ system: { database, signal } }: Bench): Promise<unknown> => until(
  async () => (await database.query('select from intake.match_work limit 1')).rows.length === 0,
  { signal, withinMs: DONE_WITHIN_MS, what: 'the leads to be matched', lookEveryMs: LOOK_EVERY_MS });

/** Every row is a lead of its own, with an owner. */
async function check({ system: { database }, faults }: Bench, { id, state }: Import, rows: number): Promise<void> {
  const { rows: [found] } = await database.query<{ created: number; routed: number }>(`
    select count(*)::int as created, count(owner_id)::int as routed from intake.import_row
    join intake.lead on lead.id = import_row.lead_id
    left join routing.lead_assignment assignment on assignment.tenant_id = lead.tenant_id and assignment.lead_id = lead.id
    where import_id = $1 and verdict = 'created'`, [id]);
  if (state !== 'done' || found!.created !== rows || found!.routed !== rows) {
    faults.push(`import: ${rows} rows were sent; it is ${state}, with ${found!.created} leads, of which ${found!.routed} have an owner`);
  }
}

const quarters = (samples: readonly Sample[], rows: number, service: 'gateway' | 'intake'): { first: number; last: number } => ({
  first: Math.max(...samples.filter((sample) => sample.rows <= rows / 4).map((sample) => sample[service])),
  last: Math.max(...samples.filter((sample) => sample.rows >= rows * 0.75).map((sample) => sample[service])),
});
