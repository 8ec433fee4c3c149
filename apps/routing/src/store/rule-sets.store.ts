import { Injectable } from '@nestjs/common';
import type { RuleSetStatus } from '@headwater/contracts';
import { cutPage, numberIn, type Queries, type Tx } from '@headwater/platform';
import type { KnownNames } from '../domain/rule-sets/check-rule-set';
import type { StoredDocument } from '../domain/rule-sets/rule-set-document';
import type { KeptPool } from '../domain/rule-sets/targets';
import { DEFAULT_POLICIES } from '../domain/sla/policies';

/** A version of a tenant's rules, as it is kept. */
export interface RuleSetRow {
  id: number;
  version: number;
  status: RuleSetStatus;
  name: string | null;
  document: StoredDocument;
  created_at: string;
  created_by: string;
  activated_at: string | null;
  activated_by: string | null;
  replaced: number | null;
}

const COLUMNS = `id, version, case when active then 'active' when draft then 'draft' else 'retired' end as status, name, document, created_at, created_by,
  case when draft then null else coalesce(activated_at, created_at) end as activated_at,
  case when draft then null else coalesce(activated_by, created_by) end as activated_by, replaced`;

/** Of an integer column. */
const LATEST_VERSION = 2_147_483_647;

/** Versions of rules, and the pools of the one in force. Whoever changes them holds the tenant's rotation. */
@Injectable()
export class RuleSetsStore {
  /** The newest version first. @throws DomainError wrong_cursor */
  async page(queries: Queries, tenant: string, { cursor, limit }: { cursor?: string; limit: number }): Promise<{ shown: RuleSetRow[]; next_cursor: string | null }> {
    const rows = await queries.query<RuleSetRow>(`
      select ${COLUMNS} from rule_set where tenant_id = $1 and ($2::integer is null or version < $2) order by version desc limit $3`,
    [tenant, numberIn(cursor, LATEST_VERSION), limit + 1]);
    return cutPage(rows, limit, ({ version }) => version);
  }

  async find(queries: Queries, tenant: string, id: number): Promise<RuleSetRow | null> {
    const [row] = await queries.query<RuleSetRow>(`select ${COLUMNS} from rule_set where tenant_id = $1 and id = $2`, [tenant, id]);
    return row ?? null;
  }

  async version(queries: Queries, tenant: string, version: number): Promise<RuleSetRow | null> {
    const [row] = await queries.query<RuleSetRow>(`select ${COLUMNS} from rule_set where tenant_id = $1 and version = $2`, [tenant, version]);
    return row ?? null;
  }

  async activeVersion(queries: Queries, tenant: string): Promise<number | null> {
    const [row] = await queries.query<{ version: number }>('select version from rule_set where tenant_id = $1 and active', [tenant]);
    return row?.version ?? null;
  }

  async active(queries: Queries, tenant: string): Promise<RuleSetRow | null> {
    const [row] = await queries.query<RuleSetRow>(`select ${COLUMNS} from rule_set where tenant_id = $1 and active`, [tenant]);
    return row ?? null;
  }

  /** Adds the next version, as a draft. @returns its id */
  async add(tx: Tx, tenant: string, draft: { name: string | null; document: object; by: string }): Promise<number> {
    const [{ id }] = await tx.query<{ id: number }>(`
      insert into rule_set (tenant_id, version, document, active, draft, name, created_by)
      select $1, coalesce(max(version), 0) + 1, $2::jsonb, false, true, $3, $4 from rule_set where tenant_id = $1
      returning id`, [tenant, JSON.stringify(draft.document), draft.name, draft.by]);
    return id;
  }

  async change(tx: Tx, tenant: string, id: number, { name, document }: { name: string | null; document: object }): Promise<void> {
    await tx.query('update rule_set set document = $3::jsonb, name = $4 where tenant_id = $1 and id = $2', [tenant, id, JSON.stringify(document), name]);
  }

  async remove(tx: Tx, tenant: string, id: number): Promise<void> {
    await tx.query('delete from rule_set where tenant_id = $1 and id = $2', [tenant, id]);
  }

  /** Puts a version in force, with its pools. @param replaced where a rollback of it leads; stays what it is when undefined */
  async activate(tx: Tx, tenant: string, { id, pools, by, replaced }: { id: number; pools: KeptPool[]; by: string; replaced?: number | null }): Promise<void> {
    await this.replacePools(tx, tenant, pools);
    await this.replaceMembers(tx, tenant, pools);
    await tx.query('update rule_set set active = false where tenant_id = $1 and active', [tenant]);
    await tx.query(`
      update rule_set set active = true, draft = false, activated_at = now(), activated_by = $3, replaced = case when $4 then $5::integer else replaced end
      where tenant_id = $1 and id = $2`, [tenant, id, by, replaced !== undefined, replaced ?? null]);
  }

  /** What the names of a document may stand for: those who are there, active or not. */
  async names(queries: Queries, tenant: string): Promise<KnownNames> {
    const [{ users, teams, roles, policies }] = await queries.query<{ users: string[]; teams: string[]; roles: string[]; policies: string[] | null }>(`
      select array(select user_id from rep where tenant_id = $1) as users, array(select name from team where tenant_id = $1 and active) as teams,
        array(select distinct unnest(roles) from rep where tenant_id = $1) as roles,
        (select array(select jsonb_path_query(document, '$.policies[*].name') #>> '{}')
          from sla_policies where tenant_id = $1 order by version desc limit 1) as policies`, [tenant]);
    return {
      users: new Set(users), teams: new Set(teams), roles: new Set(roles), policies: new Set(policies ?? DEFAULT_POLICIES.policies.map(({ name }) => name)),
    };
  }

  private async replacePools(tx: Tx, tenant: string, pools: KeptPool[]): Promise<void> {
    const names = pools.map(({ name }) => name);
    await tx.query('update pool set active = false where tenant_id = $1 and active and name <> all($2)', [tenant, names]);
    await tx.query(`
      insert into pool (tenant_id, name, strategy, options, everybody, team_ids, roles)
      select $1, n.name, n.strategy, n.options, n.everybody, array(
        select t.id from unnest($4::text[], $5::text[]) as of(pool, team) join team t on t.tenant_id = $1 and t.name = of.team
        where of.pool = n.name order by t.id), array(select jsonb_array_elements_text(n.roles))
      from unnest($2::text[], $3::text[], $6::jsonb[], $7::boolean[], $8::jsonb[]) as n(name, strategy, options, everybody, roles)
      on conflict (tenant_id, name) do update set strategy = excluded.strategy, options = excluded.options, everybody = excluded.everybody,
        team_ids = excluded.team_ids, roles = excluded.roles, active = true`, [
      tenant, names, pools.map(({ strategy }) => strategy), pools.flatMap(({ name, teams }) => teams.map(() => name)), pools.flatMap(({ teams }) => teams),
      pools.map(({ options }) => (options ? JSON.stringify(options) : null)), pools.map(({ everybody }) => everybody ?? false),
      pools.map(({ roles = [] }) => JSON.stringify(roles)),
    ]);
  }

  /** Who joins, or comes back, has as many turns as whoever has most: nobody is flooded to catch up. Who came by a team or role stays. */
  private async replaceMembers(tx: Tx, tenant: string, pools: KeptPool[]): Promise<void> {
    const listed = pools.flatMap(({ name, members }) => members.map((user, position) => ({ pool: name, user, position })));
    await tx.query(`
      with listed as (
        select p.id as pool_id, r.id as rep_id, n.position
        from unnest($2::text[], $3::text[], $4::integer[]) as n(pool, user_id, position)
        join pool p on p.tenant_id = $1 and p.name = n.pool
        join rep r on r.tenant_id = $1 and r.user_id = n.user_id
      ), gone as (
        update pool_member m set active = false
        where m.tenant_id = $1 and m.active and not m.by_team
          and not exists (select from listed where listed.pool_id = m.pool_id and listed.rep_id = m.rep_id)
      )
      insert into pool_member as m (tenant_id, pool_id, rep_id, position, turn)
      select $1, pool_id, rep_id, position,
        coalesce((select max(o.turn) from pool_member o where o.pool_id = listed.pool_id and o.active), 0)
      from listed
      on conflict (pool_id, rep_id) do update set
        position = excluded.position, active = true, by_team = false,
        turn = case when m.active then m.turn else greatest(m.turn, excluded.turn) end`, [
      tenant, listed.map(({ pool }) => pool), listed.map(({ user }) => user), listed.map(({ position }) => position),
    ]);
  }
}
