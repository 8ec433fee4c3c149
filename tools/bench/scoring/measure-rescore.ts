import type { Rescore, ScoringModelVersion } from '@headwater/contracts';
import { until } from '../../instance/until';
import { TENANT, type Bench } from '../bench';
import { callApi } from '../load/call-api';
import { LiveLeads } from '../load/live-leads';
import { residentMb } from '../watching/processes';
import type { RescoreNumbers } from './scoring-summary';

/** What the bench changes in the default model; the rest goes back as it came. */
export interface Model { name: string; demographic: { phone: { valid: number; invalid: number } } }

const LOOK_EVERY_MS = 200;
const DONE_WITHIN_MS = 3_600_000;
const CHUNK = 1_000;
const MOST_UPDATED = 100_000;

/** By it every lead scores as before. */
export const renamed = (model: Model): Model => ({ ...model, name: `${model.name}, renamed` });

/** By it every lead whose telephone number is one, as are all that are sent, scores a point less. */
export const phoneless = (model: Model): Model => {
  const { valid, invalid } = model.demographic.phone;
  return { ...model, name: `${model.name}, a point less`, demographic: { ...model.demographic, phone: { valid: valid - 1, invalid } } };
};

/**
 * Activates a model, and follows the re-score while now and then a lead is posted. Says what speaks against it to `bench.faults`.
 * @param mostSeconds after which what is done by then counts; the re-score goes on
 */
export async function measureRescore(bench: Bench, model: Model, say: (text: string) => void, mostSeconds = Infinity): Promise<RescoreNumbers> {
  const draft = await callApi<ScoringModelVersion>(bench, 'POST', 'scoring/models', model);
  const live = await LiveLeads.begin(bench);
  const { rescore } = await callApi<{ rescore: Rescore }>(bench, 'POST', `scoring/models/${draft.id}/activate`, {});
  const samples: { done: number; mb: number }[] = [];
  const since = performance.now();
  const scoring = bench.system.instance.facts().pids.scoring!;
  await until(async () => {
    const now = await callApi<Rescore>(bench, 'GET', `scoring/rescores/${rescore.id}`);
    // Of scoring alone: to look at all processes keeps this one for a tenth of a second, and with it the leads whose time it takes.
    samples.push({ done: now.done, mb: residentMb({ scoring }).scoring! });
    say(`${now.done} of ${now.total ?? '?'} leads`);
    return now.state !== 'running' || performance.now() - since > mostSeconds * 1_000;
  }, { signal: bench.system.signal, withinMs: DONE_WITHIN_MS, what: 'the re-score', lookEveryMs: LOOK_EVERY_MS });
  await live.end();
  const done = await seen(bench, rescore.id, draft.version);
  return { leads: done.done, changed: done.changed, leads_per_s: done.done / done.seconds, live: live.numbers(), memory_mb: quarters(samples, done.done) };
}

/**
 * How far a re-score has come, in one look at everything: all leads up to there were looked at, and each that scores otherwise has the new version, its score, a
 * line of the ledger and an event, and no other has. Leads that were posted meanwhile come by the new version at once.
 */
async function seen({ system: { database }, faults }: Bench, id: number, version: number): Promise<{ done: number; changed: number; seconds: number }> {
  const { rows: [found] } = await database.query<{
    state: string; done: number; total: number; changed: number; seconds: number; leads: number; remodelled: number; told: number;
  }>(`
    select state, done::int, total::int, changed::int, extract(epoch from coalesce(finished_at, now()) - started_at)::float as seconds,
      (select count(*)::int from scoring.lead_score where tenant_id = $1) as leads,
      (select count(distinct lead_id)::int from scoring.score_ledger where tenant_id = $1 and cause = 'model' and reason like '% ' || $2::int
        and (select model_version from scoring.lead_score score where score.tenant_id = $1 and score.lead_id = score_ledger.lead_id) = $2::int) as remodelled,
      (select count(*)::int from scoring.outbox where subject like 'crm.' || $1 || '.bulk.lead.scored.%'
        and (envelope->'data'->'score'->>'model_version')::int = $2::int) as told
    from scoring.rescore where id = $3`, [TENANT, version, id]);
  const { state, done, total, changed, seconds, leads, remodelled, told } = found!;
  if (!(state === 'running' || (state === 'done' && done === total && leads >= done)) || remodelled !== changed || told !== changed) {
    faults.push(`re-score by version ${version}: it is ${state}, ${done} of ${total} done and ${changed} changed; there are ${leads} leads,`
      + ` ${remodelled} were remodelled, and of ${told} others were told`);
  }
  return { done, changed, seconds };
}

const quarters = (samples: readonly { done: number; mb: number }[], leads: number): { first: number; last: number } => ({
  first: Math.max(...samples.filter(({ done }) => done <= leads / 4).map(({ mb }) => mb)),
  last: Math.max(...samples.filter(({ done }) => done >= leads * 0.75).map(({ mb }) => mb)),
});

const COPY = `
  create table bench_baseline.lead_score as
    select lead_id, demographic, behavioral, computed, contributions from scoring.lead_score where tenant_id = '${TENANT}' order by lead_id limit ${MOST_UPDATED};
  alter table bench_baseline.lead_score add primary key (lead_id)`;

/** What anybody would write: the rows read, a point taken away, and written back with one statement, a thousand a transaction. @returns leads per second */
export async function measureUpdate({ system: { database, signal }, faults }: Bench): Promise<number> {
  await database.query(COPY);
  await database.query('analyze bench_baseline.lead_score');
  const since = performance.now();
  let updated = 0;
  for (let after = 0; ;) {
    signal.throwIfAborted();
    const { rows } = await database.query<{ lead_id: string; demographic: number; computed: object; contributions: object[] }>(
      'select * from bench_baseline.lead_score where lead_id > $1 order by lead_id limit $2', [after, CHUNK]);
    if (rows.length === 0) break;
    const { rowCount } = await database.query(`
      update bench_baseline.lead_score as score set demographic = new.demographic, computed = new.computed, contributions = new.contributions
      from unnest($1::bigint[], $2::int[], $3::jsonb[], $4::jsonb[]) as new(lead_id, demographic, computed, contributions) where score.lead_id = new.lead_id`, [
      rows.map(({ lead_id }) => lead_id), rows.map(({ demographic }) => demographic - 100), rows.map(({ computed }) => JSON.stringify(computed)),
      rows.map(({ contributions }) => JSON.stringify(contributions)),
    ]);
    updated += rowCount ?? 0;
    after = Number(rows.at(-1)!.lead_id);
  }
  const seconds = (performance.now() - since) / 1_000;
  const { rows: [present] } = await database.query<{ count: number }>('select count(*)::int as count from bench_baseline.lead_score');
  if (present!.count !== updated) faults.push(`baseline update: ${updated} rows were updated of ${present!.count}`);
  await database.query('drop table bench_baseline.lead_score');
  return updated / seconds;
}
