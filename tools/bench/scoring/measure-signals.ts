import { randomUUID } from 'node:crypto';
import { TENANT, type Bench } from '../bench';
import { callApi } from '../load/call-api';
import { untilDrained } from '../watching/evidence';
import type { ScoringNumbers } from './scoring-summary';

const CLIENTS = 4;
const BATCH = 500;
const TYPES = ['web_visit', 'pricing_view', 'content_download', 'email_open', 'email_click', 'webinar'];
const WARM_UP_BATCHES = 8;

interface Told { type: string; lead_id: number; id: string }

/** Signals of leads here and there, in batches, by some clients at once. Says what speaks against it to `bench.faults`. */
export async function measureSignals(bench: Bench): Promise<ScoringNumbers['signals']> {
  const { system, options: { seconds }, faults } = bench;
  const leads = await leadsOf(bench);
  for (let i = 0; i < WARM_UP_BATCHES; i += 1) await send(bench, batchOf(leads));
  await untilDrained(system);
  // There were none before: for a table that is empty PostgreSQL plans to read all of it for each lead, and keeps the plan for some seconds.
  await system.database.query('analyze');
  const before = await count(bench);
  const since = performance.now();
  const elapsed = (): number => (performance.now() - since) / 1_000;
  const client = async (sent = 0): Promise<number> => {
    while (elapsed() < seconds) sent += await send(bench, batchOf(leads));
    return sent;
  };
  const sent = (await Promise.all(Array.from({ length: CLIENTS }, () => client()))).reduce((sum, one) => sum + one);
  const accepted_s = elapsed();
  await untilDrained(system);
  const scored_s = elapsed();
  const after = await count(bench);
  if (after.signals - before.signals !== sent) faults.push(`signals: ${sent} were counted by their answers, but there are ${after.signals - before.signals}`);
  if (after.stale > 0) faults.push(`signals: ${after.stale} leads were not scored since their latest signal`);
  return { sent, accepted_per_s: sent / accepted_s, scored_per_s: sent / scored_s };
}

/** @returns those that are there afterwards: of a batch that was sent again, some may have been before */
async function send(bench: Bench, events: Told[]): Promise<number> {
  const { summary } = await callApi<{ summary: { counted: number; repeated: number; failed: number } }>(bench, 'POST', 'events', { events });
  if (summary.failed > 0) bench.faults.push(`signals: ${summary.failed} of a batch were refused`);
  return summary.counted + summary.repeated;
}

const batchOf = (leads: readonly number[]): Told[] => Array.from({ length: BATCH }, () => ({
  type: TYPES[Math.floor(Math.random() * TYPES.length)]!, lead_id: leads[Math.floor(Math.random() * leads.length)]!, id: randomUUID(),
}));

/** Leads that are signalled, or read. */
export async function leadsOf({ system: { database } }: Bench): Promise<number[]> {
  const { rows } = await database.query<{ lead_id: string }>(
    `select lead_id from scoring.lead_score where tenant_id = $1 and scored_at is not null order by md5(lead_id::text) limit 50000`, [TENANT]);
  return rows.map(({ lead_id }) => Number(lead_id));
}

async function count({ system: { database } }: Bench): Promise<{ signals: number; stale: number }> {
  const { rows } = await database.query<{ signals: number; stale: number }>(`
    select count(*)::int as signals, (count(distinct signal.lead_id) filter (where score.scored_at < signal.at))::int as stale
    from scoring.signal join scoring.lead_score score using (tenant_id, lead_id) where tenant_id = $1`, [TENANT]);
  return rows[0]!;
}

/** What anybody would write: the same signals, a batch a statement. @returns signals per second */
export async function measureInsert(bench: Bench): Promise<number> {
  const { system: { database }, options: { seconds }, faults } = bench;
  await database.query(`create table bench_baseline.signal (
    lead_id bigint not null, signal_id text not null, type text not null, at timestamptz not null default now(), primary key (lead_id, signal_id))`);
  const leads = await leadsOf(bench);
  const since = performance.now();
  const elapsed = (): number => (performance.now() - since) / 1_000;
  const client = async (written = 0): Promise<number> => {
    while (elapsed() < seconds) {
      const events = batchOf(leads);
      await database.query('insert into bench_baseline.signal (lead_id, signal_id, type) select * from unnest($1::bigint[], $2::text[], $3::text[])',
        [events.map(({ lead_id }) => lead_id), events.map(({ id }) => id), events.map(({ type }) => type)]);
      written += events.length;
    }
    return written;
  };
  const written = (await Promise.all(Array.from({ length: CLIENTS }, () => client()))).reduce((sum, one) => sum + one);
  const rate = written / elapsed();
  const { rows } = await database.query<{ count: number }>('select count(*)::int as count from bench_baseline.signal');
  if (rows[0]!.count !== written) faults.push(`baseline insert: ${written} signals were written, but there are ${rows[0]!.count}`);
  await database.query('drop table bench_baseline.signal');
  return rate;
}
