import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import type { MovedCounters, Pool } from '../domain/choosing/allocate';
import type { Rep } from '../domain/choosing/eligibility';
import { DirectoriesStore } from './directories.store';

/** What a tenant's leads are routed by. */
export interface Setup {
  /** of the rules in force */
  version: number;
  pools: Pool[];
}

/** What is known of a tenant before its rotation is locked. */
export interface Asked {
  tenant: string;
  /** null: nothing */
  version: number | null;
  pools: readonly string[];
}

/** Behind those whom a document lists stand the members by a team or role, by their ids. */
const LAST = 1_000_000;

/** A rep as routing sees them: of the table `rep`, as r. */
const REP = `json_build_object('id', r.id, 'name', r.name, 'email', r.email, 'time_zone', r.time_zone, 'weight', r.weight,
              'active', r.active, 'max_open_leads', r.max_open_leads,
              'open_leads', coalesce((select open_leads from rep_load where rep_id = r.id), 0),
              'team', (select json_build_object('id', t.id, 'name', t.name) from team t where t.id = r.team_id))`;

/** Whether a rep r belongs to a pool p without being listed: by team, by role, or as everybody does. */
const BELONGS = `(p.everybody or coalesce(r.team_id = any(p.team_ids), false) or r.roles && p.roles)`;

/** Rules in force, pools and their counters. */
@Injectable()
export class RotationStore {
  constructor(private readonly directories: DirectoriesStore) {}

  /** Takes the rotation locks of tenants, in order; what is read after it is what the former holder has committed. @returns the time, RFC 3339 */
  async lock(tx: Tx, tenants: string[]): Promise<string> {
    const [{ now }] = await tx.query<{ now: string }>(`
      select now() as now, pg_advisory_xact_lock(hashtextextended('rotation ' || tenant, 0))
      from unnest($1::text[]) with ordinality as held(tenant, i) order by i`, [[...new Set(tenants)].sort()]);
    return now;
  }

  /**
   * The version in force, and pools by tenant, whose rotation is locked; members in the order of the document, then those by a team or role.
   * A tenant without a setup has none.
   * @param asked of a tenant, the version that is expected, and the pools that are needed by it; of another version, all of them
   */
  async setups(tx: Tx, asked: readonly Asked[]): Promise<Map<string, Setup>> {
    // Nested, as nobody needs it flat: one join of all these tables takes PostgreSQL longer to plan than to run.
    const rows = await tx.query<{ tenant: string; version: number; pools: Pool[] | null; people: number; now: string }>(`
      select s.tenant_id as tenant, s.version, now() as now, coalesce((select version from people_version p where p.tenant_id = s.tenant_id), 0) as people, (
        select json_agg(json_build_object('id', p.id, 'name', p.name, 'strategy', p.strategy, 'options', coalesce(p.options, '{}'), 'members', (
          select coalesce(json_agg(json_build_object('rep', ${REP}, 'counters', json_build_object('picks', m.picks, 'turn', m.turn, 'current_weight', m.current_weight),
            'fresh', m.fresh, 'left', m.by_team and not ${BELONGS}) order by m.position, r.id), '[]')
          from (
            select rep_id, position, picks, turn, current_weight, by_team, false as fresh from pool_member where pool_id = p.id and active
            union all
            select r.id, ${LAST}, 0, 0, 0, true, true from rep r
            where (p.everybody or p.team_ids <> '{}' or p.roles <> '{}') and r.tenant_id = p.tenant_id and r.active and ${BELONGS}
              and not exists (select from pool_member o where o.pool_id = p.id and o.rep_id = r.id and o.active)
          ) as m join rep r on r.id = m.rep_id)) order by p.id)
        from pool p where p.tenant_id = s.tenant_id and p.active and (asked.version is distinct from s.version or asked.pools ? p.name)) as pools
      from unnest($1::text[], $2::integer[], $3::jsonb[]) as asked(tenant_id, version, pools) join rule_set s using (tenant_id) where s.active`, [
      asked.map(({ tenant }) => tenant), asked.map(({ version }) => version), asked.map(({ pools }) => JSON.stringify(pools)),
    ]);
    const setups = new Map<string, Setup>();
    for (const { tenant, version, pools, people, now } of rows) {
      const directory = await this.directories.refresh(tx, tenant, people);
      setups.set(tenant, { version, pools: await this.directories.inPools(tx, directory, pools ?? [], now) });
    }
    return setups;
  }

  /** Reps of tenants whose setups were read, wherever they are members; those of them that are there. */
  async reps(tx: Tx, asked: { tenant: string; id: number }[]): Promise<(Rep & { tenant: string })[]> {
    if (asked.length === 0) return [];
    const rows = await tx.query<Rep & { tenant: string; now: string }>(`
      select distinct now() as now, r.tenant_id as tenant, r.id, r.name, r.email, r.time_zone, r.weight, r.active, r.max_open_leads,
        coalesce((select open_leads from rep_load where rep_id = r.id), 0) as open_leads,
        (select jsonb_build_object('id', t.id, 'name', t.name) from team t where t.id = r.team_id) as team
      from unnest($1::text[], $2::bigint[]) as asked(tenant_id, id) join rep r using (tenant_id, id)`,
    [asked.map(({ tenant }) => tenant), asked.map(({ id }) => id)]);
    return rows.map(({ now, ...rep }) => this.directories.present(rep, now));
  }

  /** Stores the counters that moved. */
  async move(tx: Tx, moved: MovedCounters[]): Promise<void> {
    if (moved.length === 0) return;
    await tx.query(`
      insert into pool_member as m (tenant_id, pool_id, rep_id, position, picks, turn, current_weight, by_team)
      select p.tenant_id, n.pool_id, n.rep_id, ${LAST}, n.picks, n.turn, n.current_weight, true
      from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) as n(pool_id, rep_id, picks, turn, current_weight)
      join pool p on p.id = n.pool_id
      on conflict (pool_id, rep_id) do update set picks = excluded.picks, turn = excluded.turn, current_weight = excluded.current_weight,
        by_team = case when m.active then m.by_team else true end, active = true`, [
      moved.map(({ pool_id }) => pool_id), moved.map(({ rep_id }) => rep_id), moved.map(({ picks }) => picks),
      moved.map(({ turn }) => turn), moved.map(({ current_weight }) => current_weight),
    ]);
  }
}
