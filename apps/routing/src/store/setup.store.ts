import { Injectable } from '@nestjs/common';
import type { Named, RepView, RoutingSetup } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import type { Owner } from '../domain/assignment';
import type { Rep } from '../domain/eligibility';
import type { SetupDocument } from '../domain/setup-document';

type Queries = Pick<Tx, 'query'>;

const REP_VIEW = `
  select r.id, r.user_id, r.name, r.email, r.time_zone, r.weight, r.active,
    case when t.id is not null then jsonb_build_object('id', t.id, 'name', t.name) end as team
  from rep r left join team t on t.id = r.team_id`;

/** Teams and reps. */
@Injectable()
export class SetupStore {
  /** Replaces the people of a tenant, whose rotation is locked. */
  async replacePeople(tx: Tx, tenant: string, setup: SetupDocument, timeZone: string): Promise<void> {
    await this.replaceTeams(tx, tenant, setup);
    await this.replaceReps(tx, tenant, setup, timeZone);
  }

  /** Those who are there, as a setup document names them. */
  async people(queries: Queries, tenant: string): Promise<Pick<RoutingSetup, 'teams' | 'reps'>> {
    const [people] = await queries.query<Pick<RoutingSetup, 'teams' | 'reps'>>(`
      select
        (select coalesce(json_agg(json_build_object('name', name) order by id), '[]') from team where tenant_id = $1 and active) as teams,
        (select coalesce(json_agg(json_build_object('user_id', user_id, 'name', name, 'email', email, 'time_zone', time_zone, 'weight', weight,
          'active', active, 'max_open_leads', max_open_leads, 'team', (select t.name from team t where t.id = rep.team_id)) order by id), '[]')
          from rep where tenant_id = $1) as reps`, [tenant]);
    return people;
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

  private async replaceTeams(tx: Tx, tenant: string, { teams }: SetupDocument): Promise<void> {
    const names = teams.map(({ name }) => name);
    await tx.query('update team set active = false where tenant_id = $1 and active and name <> all($2)', [tenant, names]);
    await tx.query(`
      insert into team (tenant_id, name) select $1, unnest($2::text[])
      on conflict (tenant_id, name) do update set active = true`, [tenant, names]);
  }

  private async replaceReps(tx: Tx, tenant: string, { reps }: SetupDocument, timeZone: string): Promise<void> {
    await tx.query('update rep set active = false where tenant_id = $1 and active and user_id <> all($2)',
      [tenant, reps.map(({ user_id }) => user_id)]);
    await tx.query(`
      insert into rep (tenant_id, user_id, name, email, team_id, time_zone, weight, active, max_open_leads)
      select $1, n.user_id, n.name, n.email, t.id, n.time_zone, n.weight, n.active, n.max_open_leads
      from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::boolean[], $9::integer[])
        with ordinality as n(user_id, name, email, team, time_zone, weight, active, max_open_leads, i)
      left join team t on t.tenant_id = $1 and t.name = n.team
      order by n.i
      on conflict (tenant_id, user_id) do update set
        name = excluded.name, email = excluded.email, team_id = excluded.team_id, time_zone = excluded.time_zone,
        weight = excluded.weight, active = excluded.active, max_open_leads = excluded.max_open_leads`, [
      tenant,
      reps.map(({ user_id }) => user_id),
      reps.map(({ name }) => name),
      reps.map(({ email }) => email ?? null),
      reps.map(({ team }) => team ?? null),
      reps.map(({ time_zone }) => time_zone ?? timeZone),
      reps.map(({ weight }) => weight ?? 1),
      reps.map(({ active }) => active ?? true),
      reps.map(({ max_open_leads }) => max_open_leads ?? null),
    ]);
  }
}
