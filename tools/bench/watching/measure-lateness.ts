import { eventSubject, SlaBreached } from '@headwater/contracts';
import { until } from '../../instance/until';
import type { Say } from '../../launcher/terminal';
import type { Bench } from '../bench';
import { percentile } from '../figures/statistics';

/** Above the ids of leads that are really there, and of those that other parts of the suite route. */
const FIRST_LEAD = 5_000_000_000;
/** Clocks fall due from here on, evenly. */
export const BEGINS_IN_S = 15;
export const WITHIN_S = 60;
/** Of all clocks so many fall due meanwhile. */
const DUE_SHARE = 0.1;
export const LATEST_MS = 120_000;
const TENANT = 'bench-clocks';

/** How long after its moment each clock's breach was heard of. */
export interface LatenessNumbers {
  running: number;
  due: number;
  p50_ms: number;
  p99_ms: number;
  max_ms: number;
}

/** Clocks of first responses, of which a tenth fall due within one minute: each breach has to be told, once. */
export async function measureLateness(bench: Bench, running: number, say: Say): Promise<LatenessNumbers> {
  const { system: { database, signal }, faults } = bench;
  const due = Math.round(running * DUE_SHARE);
  const { heard, stop } = listen(bench, eventSubject(SlaBreached, TENANT, 'live'));
  const moments = await startClocks(bench, running, due);
  say(`${running} clocks run, ${due} of them fall due within ${WITHIN_S} s`);
  await until(async () => {
    const { rows } = await database.query<{ count: number }>(
      `select count(*)::int as count from routing.sla_clock where tenant_id = $1 and state = 'breached'`, [TENANT]);
    return rows[0]!.count >= due && heard.size >= due;
  }, { signal, withinMs: (BEGINS_IN_S + WITHIN_S) * 1_000 + LATEST_MS, what: `${due} clocks to breach`, lookEveryMs: 500 });
  stop();
  return { running, due, ...judge('clocks', moments, heard, faults) };
}

/** When each lead was heard of by an event, in milliseconds since 1970. */
export type Heard = Map<number, number[]>;

/** Hears the events of a subject as they are published. */
export function listen({ system: { connection } }: Bench, subject: string): { heard: Heard; stop: () => void } {
  const heard: Heard = new Map();
  const subscription = connection.subscribe(subject, {
    callback: (_, message) => {
      const { leadid } = message.json<{ leadid: number }>();
      heard.set(leadid, [...heard.get(leadid) ?? [], Date.now()]);
    },
  });
  return { heard, stop: () => subscription.unsubscribe() };
}

/** How late each one was heard of that had a moment: each has to be, once, and no other. */
export function judge(what: string, moments: ReadonlyMap<number, number>, heard: Heard, faults: string[]): Pick<LatenessNumbers, 'p50_ms' | 'p99_ms' | 'max_ms'> {
  const missed = [...moments.keys()].filter((lead) => !heard.has(lead)).length;
  const twice = [...heard.values()].filter((times) => times.length > 1).length;
  const early = [...heard.keys()].filter((lead) => !moments.has(lead)).length;
  if (missed + twice + early > 0) faults.push(`${what}: ${missed} were not told of, ${twice} were told of twice, ${early} came too early`);
  const late = [...moments].flatMap(([lead, moment]) => (heard.has(lead) ? [heard.get(lead)![0]! - moment] : []));
  return { p50_ms: percentile(late, 50), p99_ms: percentile(late, 99), max_ms: Math.max(...late) };
}

/** @returns the moment of each one that falls due, in milliseconds since 1970, by its lead */
async function startClocks({ system: { database } }: Bench, running: number, due: number): Promise<Map<number, number>> {
  await database.query('insert into routing.lead_assignment (tenant_id, lead_id, awaits_routing) select $1, $2::bigint + n, false from generate_series(1, $3::int) as n',
    [TENANT, FIRST_LEAD, running]);
  await database.query(`
    insert into routing.sla_clock (tenant_id, lead_id, number, cycle, state, policy, started_at, opens_at, warn_at, due_at, warned_at, next_at, reassignments)
    select $1, $2::bigint + n, 1, 1, 'running', 'bench', now(), now(), due, due, now(), due, 0
    from generate_series(1, $3::int) as n, lateral (
      select now() + case when n <= $4 then make_interval(secs => $5 + $6::float8 * n / $4) else make_interval(days => 1) end as due) as moment`,
  [TENANT, FIRST_LEAD, running, due, BEGINS_IN_S, WITHIN_S]);
  await database.query('analyze routing.sla_clock');
  const { rows } = await database.query<{ lead_id: string; ms: string }>(`
    select lead_id, extract(epoch from due_at) * 1000 as ms from routing.sla_clock where tenant_id = $1 and due_at < now() + interval '1 hour'`, [TENANT]);
  return new Map(rows.map(({ lead_id, ms }) => [Number(lead_id), Number(ms)]));
}
