import { eventSubject, NurtureExited } from '@headwater/contracts';
import { until } from '../../instance/until';
import type { Say } from '../../launcher/terminal';
import type { Bench } from '../bench';
import { BEGINS_IN_S, judge, LATEST_MS, listen, WITHIN_S, type LatenessNumbers } from '../watching/measure-lateness';

/** Above the ids of leads that are really there, and of those that other suites make up. */
const FIRST_LEAD = 6_000_000_000;
/** Of all that are nurtured so many come back meanwhile. */
const DUE_SHARE = 0.1;
const TENANT = 'bench-nurture';

/** Leads that are nurtured until some day, which for a tenth of them is within one minute: each has to come back, once. */
export async function measureRecycling(bench: Bench, running: number, say: Say): Promise<LatenessNumbers> {
  const { system: { database, signal }, faults } = bench;
  const due = Math.round(running * DUE_SHARE);
  const { heard, stop } = listen(bench, eventSubject(NurtureExited, TENANT, 'live'));
  const moments = await nurture(bench, running, due);
  say(`${running} leads are nurtured until some day, ${due} of them until one within ${WITHIN_S} s`);
  await until(async () => {
    const { rows } = await database.query<{ count: number }>(
      'select count(*)::int as count from qualification.enrolment where tenant_id = $1 and exited_at is not null', [TENANT]);
    return rows[0]!.count >= due && heard.size >= due;
  }, { signal, withinMs: (BEGINS_IN_S + WITHIN_S) * 1_000 + LATEST_MS, what: `${due} leads to come back`, lookEveryMs: 500 });
  stop();
  const { moved } = (await database.query<{ moved: number }>('select count(*)::int as moved from qualification.transition where tenant_id = $1', [TENANT])).rows[0]!;
  if (moved !== due) faults.push(`nurtured leads: ${due} came back, with ${moved} transitions`);
  return { running, due, ...judge('nurtured leads', moments, heard, faults) };
}

/** @returns the moment of each one that comes back, in milliseconds since 1970, by its lead */
async function nurture({ system: { database } }: Bench, running: number, due: number): Promise<Map<number, number>> {
  await database.query(`
    insert into qualification.lead_status (tenant_id, lead_id, revision, status, in_status_since, lifecycle_stage, cycle, cycle_since, scoring_revision)
    select $1, $2::bigint + n, 2, 'nurturing', now(), 'lead', 1, now(), 1 from generate_series(1, $3::int) as n`, [TENANT, FIRST_LEAD, running]);
  await database.query(`
    insert into qualification.enrolment (tenant_id, lead_id, number, stage, enrolled_at, enrolled_by, because, dates, held, next_at)
    select $1, $2::bigint + n, 1, 'problem', now(), 'bench', 'bench', jsonb_build_array(jsonb_build_object('name', null, 'at', day)), '{}', day
    from generate_series(1, $3::int) as n, lateral (
      select now() + case when n <= $4 then make_interval(secs => $5 + $6::float8 * n / $4) else make_interval(days => 1) end as day) as moment`,
  [TENANT, FIRST_LEAD, running, due, BEGINS_IN_S, WITHIN_S]);
  for (const table of ['lead_status', 'enrolment']) await database.query(`analyze qualification.${table}`);
  const { rows } = await database.query<{ lead_id: string; ms: string }>(`
    select lead_id, extract(epoch from next_at) * 1000 as ms from qualification.enrolment where tenant_id = $1 and next_at < now() + interval '1 hour'`, [TENANT]);
  return new Map(rows.map(({ lead_id, ms }) => [Number(lead_id), Number(ms)]));
}
