import { Injectable } from '@nestjs/common';
import type { Named, RepView, RoutingSetup } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { Owner } from '../domain/assignment';
import type { Rep } from '../domain/choosing/eligibility';

const REP_VIEW = `
  select r.id, r.user_id, r.name, r.email, r.time_zone, r.weight, r.active,
    case when t.id is not null then jsonb_build_object('id', t.id, 'name', t.name) end as team
  from rep r left join team t on t.id = r.team_id`;

/** A moment within JSON, as it is everywhere else. */
const instantOf = (column: string): string => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Teams and reps. */
@Injectable()
export class SetupStore {
  /** People and places, as a setup document names them: what is nothing in particular is left out, so is leave that is over. */
  async people(queries: Queries, tenant: string): Promise<Pick<RoutingSetup, 'teams' | 'reps' | 'territories' | 'leave'>> {
    const [people] = await queries.query<Pick<RoutingSetup, 'teams' | 'reps' | 'territories' | 'leave'>>(`
      select
        (select coalesce(json_agg(json_strip_nulls(json_build_object('name', name, 'managers', nullif(managers, '[]'),
          'calendar', (select c.name from calendar c where c.id = team.calendar_id))) order by id), '[]')
          from team where tenant_id = $1 and active) as teams,
        (select coalesce(json_agg(json_strip_nulls(json_build_object('user_id', user_id, 'name', name, 'email', email, 'time_zone', time_zone,
          'weight', weight, 'active', active, 'max_open_leads', max_open_leads, 'team', (select t.name from team t where t.id = rep.team_id),
          'max_per_window', nullif(max_per_window, '{}'), 'skills', nullif(skills, '{}'), 'languages', nullif(languages, '{}'),
          'roles', nullif(roles, '{}'), 'calendar', (select c.name from calendar c where c.id = rep.calendar_id))) order by id), '[]')
          from rep where tenant_id = $1) as reps,
        (select json_agg(jsonb_strip_nulls(jsonb_build_object('name', name, 'parent', (select p.name from territory p where p.id = x.parent_id),
          'countries', nullif(countries, '{}'), 'regions', nullif(regions, '{}'), 'postal', nullif(postal, '[]'), 'account_ids', nullif(account_ids, '{}'),
          'domains', nullif(domains, '{}'), 'team', (select t.name from team t where t.id = x.team_id), 'owners',
          (select jsonb_agg(r.user_id order by i) from unnest(x.owner_ids) with ordinality as o(id, i) join rep r on r.id = o.id))) order by id)
          from territory x where tenant_id = $1 and active) as territories,
        (select json_agg(json_build_object('user_id', r.user_id, 'from', ${instantOf('l.starts_at')}, 'until', ${instantOf('l.ends_at')}) order by l.id)
          from leave l join rep r on r.id = l.rep_id where l.tenant_id = $1 and l.active and l.ends_at > now()) as leave`, [tenant]);
    const { territories, leave, ...reps } = people;
    return { ...reps, ...(territories ? { territories } : {}), ...(leave ? { leave } : {}) };
  }

  reps(queries: Queries, tenant: string): Promise<RepView[]> {
    return queries.query<RepView>(`${REP_VIEW} where r.tenant_id = $1 order by r.id`, [tenant]);
  }

  /** The rep of that id or, without one, of that user. */
  async findRep(queries: Queries, tenant: string, { id, userId }: { id?: number; userId?: string }): Promise<RepView | null> {
    const rows = id !== undefined
      ? await queries.query<RepView>(`${REP_VIEW} where r.tenant_id = $1 and r.id = $2`, [tenant, id])
      : await queries.query<RepView>(`${REP_VIEW} where r.tenant_id = $1 and r.user_id = $2`, [tenant, userId ?? null]);
    return rows[0] ?? null;
  }

  /** Those of the reps that have one of the ids, or are one of the users. */
  async repsBy(queries: Queries, tenant: string, { ids, userIds }: { ids: number[]; userIds: string[] }): Promise<RepView[]> {
    if (ids.length + userIds.length === 0) return [];
    return queries.query<RepView>(`${REP_VIEW} where r.tenant_id = $1 and (r.id = any($2::bigint[]) or r.user_id = any($3::text[]))`, [tenant, ids, userIds]);
  }

  async rep(tx: Tx, tenant: string, id: number): Promise<Rep | null> {
    const rows = await tx.query<Rep>(`
      select r.id, r.name, r.email, r.time_zone, r.weight, r.active, r.max_open_leads,
        case when t.id is not null then jsonb_build_object('id', t.id, 'name', t.name) end as team,
        coalesce((select open_leads from rep_load where rep_id = r.id), 0) as open_leads
      from rep r left join team t on t.id = r.team_id where r.tenant_id = $1 and r.id = $2`, [tenant, id]);
    return rows[0] ?? null;
  }

  /** Who the ids stand for, each within its own tenant. */
  async owners(tx: Tx, asked: { tenant: string; id: number }[]): Promise<(Owner & { tenant: string })[]> {
    if (asked.length === 0) return [];
    return tx.query(`
      select distinct r.tenant_id as tenant, r.id, r.name, r.email, r.time_zone
      from unnest($1::text[], $2::bigint[]) as asked(tenant_id, id) join rep r using (tenant_id, id)`,
    [asked.map(({ tenant }) => tenant), asked.map(({ id }) => id)]);
  }

  async team(tx: Tx, tenant: string, id: number): Promise<Named | null> {
    const rows = await tx.query<Named>('select id, name from team where tenant_id = $1 and id = $2 and active', [tenant, id]);
    return rows[0] ?? null;
  }
}
