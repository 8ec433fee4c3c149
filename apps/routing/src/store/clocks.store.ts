import { Injectable } from '@nestjs/common';
import type { Queries, Tx } from '@headwater/platform';
import type { LeadKey } from '../domain/assignment';
import { captured, nextAt, type Clock } from '../domain/sla/clock';
import type { Standing } from '../domain/sla/standing';
import { standingFrom, type StandingRow } from './standings.store';

const MOMENTS = [
  'started_at', 'opens_at', 'warn_at', 'due_at', 'warned_at', 'breached_at', 'contacted_at', 'ended_at', 'paused_at',
] as const satisfies readonly (keyof Clock)[];
type Moment = (typeof MOMENTS)[number];

/** A clock as PostgreSQL gives it back: instants as text. */
type Row = Omit<Clock, Moment | 'left' | 'steps'> & Record<Moment, string | null> & { remaining: Clock['left']; steps: Clock['steps'] | null };

const COLUMNS = `lead_id, number, cycle, state, policy, calendar_id, ${MOMENTS.join(', ')}, remaining, reassignments, own, steps`;
const NAMES = `tenant_id, ${COLUMNS}, next_at`;
const RECORDS = `jsonb_to_recordset($1::jsonb) as n(tenant_id text, lead_id bigint, number integer, cycle integer, state text, policy text,
  calendar_id bigint, ${MOMENTS.map((name) => `${name} timestamptz`).join(', ')}, remaining jsonb, reassignments integer, own jsonb, steps jsonb,
  next_at timestamptz)`;
const CHANGEABLE = NAMES.split(', ').slice(3).map((name) => `${name.trim()} = excluded.${name.trim()}`).join(', ');

/** Clocks of leads. Whoever changes them by what happens to a lead holds the lead's lock. */
@Injectable()
export class ClocksStore {
  /**
   * Starts the first clock of leads that have none, in one statement, and of them only what isn't the same of all.
   * @param clocks of leads that are locked, of some of these tenants
   * @returns what qualification had told of them before, and the present versions of what their tenants' clocks go by
   */
  async start(
    tx: Tx, clocks: readonly Clock[], tenants: readonly string[],
  ): Promise<{ standings: Standing[]; versions: Record<string, number> }> {
    const [{ standings, versions }] = await tx.query<{ standings: StandingRow[] | null; versions: Record<string, number> }>(`
      with started as (
        insert into sla_clock (tenant_id, lead_id, number, cycle, state, policy, calendar_id, started_at, opens_at, warn_at, due_at, next_at, reassignments)
        select tenant, lead_id, 1, 1, state, policy, calendar_id, to_timestamp(started / 1000), to_timestamp(opens / 1000), to_timestamp(warn / 1000),
          to_timestamp(due / 1000), to_timestamp(next / 1000), 0
        from unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::float8[], $8::float8[], $9::float8[], $10::float8[], $11::float8[])
          as n(tenant, lead_id, state, policy, calendar_id, started, opens, warn, due, next)
        on conflict do nothing returning tenant_id, lead_id
      )
      select (
        select jsonb_agg(jsonb_build_object('tenant', s.tenant_id, 'lead_id', s.lead_id, 'revision', s.revision, 'status', s.status,
          'cycle', s.cycle, 'since', s.since, 'contacts', s.contacts, 'returns', s.returns, 'unmerged', s.unmerged))
        from started join sla_standing s using (tenant_id, lead_id)) as standings, (
        select jsonb_object_agg(tenant, coalesce((select version from people_version p where p.tenant_id = tenant), 0))
        from unnest($1::text[]) as asked(tenant)) as versions`, [
      tenants, ...keysOf(clocks), clocks.map(({ state }) => state), clocks.map(({ policy }) => policy), clocks.map(({ calendar_id }) => calendar_id),
      clocks.map(({ started_at }) => started_at), clocks.map(({ opens_at }) => opens_at), clocks.map(({ warn_at }) => warn_at),
      clocks.map(({ due_at }) => due_at), clocks.map(nextAt),
    ]);
    return { standings: (standings ?? []).map(standingFrom), versions };
  }

  /** Takes back what this transaction has started. */
  async drop(tx: Tx, clocks: readonly Clock[]): Promise<void> {
    if (clocks.length === 0) return;
    await tx.query(`
      delete from sla_clock where number = 1 and (tenant_id, lead_id) in (select * from unnest($1::text[], $2::bigint[]))`, keysOf(clocks));
  }

  /** All clocks of leads, locked until the transaction ends, oldest first, and the moment that it is. */
  async lock(tx: Tx, keys: readonly LeadKey[]): Promise<{ clocks: Clock[]; now: number }> {
    const rows = await tx.query<Row & { now: string }>(`
      select c.tenant_id as tenant, c.*, now() as now from sla_clock c
      where (c.tenant_id, c.lead_id) in (select * from unnest($1::text[], $2::bigint[]))
      order by c.tenant_id, c.lead_id, c.number for update`, keysOf(keys));
    return { clocks: rows.map(clockFrom), now: Date.parse(rows[0]?.now ?? '') };
  }

  /** All clocks of a lead, the newest first. */
  async of(queries: Queries, { tenant, lead_id }: LeadKey): Promise<Clock[]> {
    const rows = await queries.query<Row>(`
      select tenant_id as tenant, ${COLUMNS} from sla_clock where tenant_id = $1 and lead_id = $2 order by number desc`, [tenant, lead_id]);
    return rows.map(clockFrom);
  }

  /**
   * Clocks whose moment has come, the earliest first, locked: those that nobody else is at, so that replicas share them and nobody waits.
   * @param most of them
   */
  async claimDue(tx: Tx, most: number): Promise<{ clocks: Clock[]; now: number }> {
    const rows = await tx.query<Row & { now: string }>(`
      select tenant_id as tenant, ${COLUMNS}, now() as now from sla_clock
      where next_at <= now() order by next_at limit $1 for update skip locked`, [most]);
    return { clocks: rows.map(clockFrom), now: Date.parse(rows[0]?.now ?? '') };
  }

  /** In how many milliseconds the next moment of a clock or a reassignment comes, below 0 when it has come; null when there is none. */
  async nextIn(queries: Queries): Promise<number | null> {
    const [{ ms }] = await queries.query<{ ms: number | null }>(`
      select extract(epoch from least(
        (select min(next_at) from sla_clock where next_at is not null), (select min(at) from sla_reassignment)) - now()) * 1000 as ms`);
    return ms;
  }

  async putOff(queries: Queries): Promise<void> {
    await queries.query(`
      update sla_clock set next_at = now() + interval '1 hour' where (tenant_id, lead_id, number) = (
        select tenant_id, lead_id, number from sla_clock where next_at <= now() order by next_at limit 1 for update skip locked)`);
  }

  /** Writes clocks that are locked, or new ones of leads that are. */
  async write(tx: Tx, clocks: readonly Clock[]): Promise<void> {
    if (clocks.length === 0) return;
    await tx.query(`
      insert into sla_clock (${NAMES}) select ${NAMES} from ${RECORDS} order by tenant_id, lead_id, number
      on conflict (tenant_id, lead_id, number) do update set ${CHANGEABLE}`, [JSON.stringify(clocks.map(rowOf))]);
  }

  /** Clocks of all tenants that count time, by state: from the index alone. */
  countOpen(queries: Queries): Promise<{ state: string; count: number }[]> {
    return queries.query(`select state, count(*) as count from sla_clock where next_at is not null group by state`);
  }
}

const keysOf = (keys: readonly LeadKey[]): [string[], number[]] =>
  [keys.map(({ tenant }) => tenant), keys.map(({ lead_id }) => lead_id)];

const instant = (moment: number | null): string | null => (moment === null ? null : new Date(moment).toISOString());

function rowOf(clock: Clock): Record<string, unknown> {
  const { tenant, left, ...rest } = clock;
  const moments = Object.fromEntries(MOMENTS.map((name) => [name, instant(clock[name])]));
  return { ...rest, ...moments, tenant_id: tenant, remaining: left, next_at: instant(nextAt(clock)) };
}

function clockFrom({ tenant, lead_id, number, cycle, state, policy, calendar_id, reassignments, own, steps, remaining, ...row }: Row): Clock {
  const moments = Object.fromEntries(MOMENTS.map((name) => [name, row[name] === null ? null : Date.parse(row[name])]));
  const clock = { tenant, lead_id, number, cycle, state, policy, calendar_id, reassignments, own, left: remaining, ...moments } as Clock;
  return { ...clock, steps: steps ?? [captured(clock)] };
}
