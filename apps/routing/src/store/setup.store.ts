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

/** Teams, reps, pools and the documents that they came from. */
@Injectable()
export class SetupStore {
  /** Replaces a tenant's setup, whose rotation is locked. @returns the new version */
  async replace(tx: Tx, tenant: string, setup: SetupDocument, { timeZone, by }: { timeZone: string; by: string }): Promise<number> {
    await this.replaceTeams(tx, tenant, setup);
    await this.replaceReps(tx, tenant, setup, timeZone);
    await this.replacePools(tx, tenant, setup);
    await this.replaceMembers(tx, tenant, setup);
    return this.addVersion(tx, tenant, setup, by);
  }

  async active(queries: Queries, tenant: string): Promise<{ setup: RoutingSetup; version: number } | null> {
    const rows = await queries.query<{ setup: RoutingSetup; version: number }>(
      'select document as setup, version from rule_set where tenant_id = $1 and active', [tenant]);
    return rows[0] ?? null;
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

  private async replacePools(tx: Tx, tenant: string, { pools }: SetupDocument): Promise<void> {
    const names = pools.map(({ name }) => name);
    await tx.query('update pool set active = false where tenant_id = $1 and active and name <> all($2)', [tenant, names]);
    await tx.query(`
      insert into pool (tenant_id, name, strategy, options) select $1, * from unnest($2::text[], $3::text[], $4::jsonb[])
      on conflict (tenant_id, name) do update set strategy = excluded.strategy, options = excluded.options, active = true`,
    [tenant, names, pools.map(({ strategy }) => strategy), pools.map(({ options }) => (options ? JSON.stringify(options) : null))]);
  }

  /** Who joins, or comes back, has as many turns as whoever has most: nobody is flooded to catch up. */
  private async replaceMembers(tx: Tx, tenant: string, { pools }: SetupDocument): Promise<void> {
    const listed = pools.flatMap(({ name, members }) => members.map((user, position) => ({ pool: name, user, position })));
    await tx.query(`
      with listed as (
        select p.id as pool_id, r.id as rep_id, n.position
        from unnest($2::text[], $3::text[], $4::integer[]) as n(pool, user_id, position)
        join pool p on p.tenant_id = $1 and p.name = n.pool
        join rep r on r.tenant_id = $1 and r.user_id = n.user_id
      ), gone as (
        update pool_member m set active = false
        where m.tenant_id = $1 and m.active
          and not exists (select from listed where listed.pool_id = m.pool_id and listed.rep_id = m.rep_id)
      )
      insert into pool_member as m (tenant_id, pool_id, rep_id, position, turn)
      select $1, pool_id, rep_id, position,
        coalesce((select max(o.turn) from pool_member o where o.pool_id = listed.pool_id and o.active), 0)
      from listed
      on conflict (pool_id, rep_id) do update set
        position = excluded.position, active = true,
        turn = case when m.active then m.turn else greatest(m.turn, excluded.turn) end`, [
      tenant, listed.map(({ pool }) => pool), listed.map(({ user }) => user), listed.map(({ position }) => position),
    ]);
  }

  private async addVersion(tx: Tx, tenant: string, setup: SetupDocument, by: string): Promise<number> {
    await tx.query('update rule_set set active = false where tenant_id = $1 and active', [tenant]);
    const [{ version }] = await tx.query<{ version: number }>(`
      insert into rule_set (tenant_id, version, document, active, created_by)
      select $1, coalesce(max(version), 0) + 1, $2::jsonb, true, $3 from rule_set where tenant_id = $1
      returning version`, [tenant, JSON.stringify(setup), by]);
    return version;
  }
}
