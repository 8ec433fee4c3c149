import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import type { MovedCounters, Pool } from '../domain/allocate';
import type { RuleSet } from '../domain/match-rules';
import type { Member } from '../domain/pick-from-pool';

interface MemberRow {
  tenant: string;
  pool_id: number;
  pool: string;
  strategy: string;
  rep: Member['rep'];
  picks: number;
  turn: number;
  current_weight: number;
}

/** Rules in force, pools and their counters. */
@Injectable()
export class RotationStore {
  /** The active rules by tenant; a tenant without a setup has none. */
  async activeRules(tx: Tx, tenants: string[]): Promise<Map<string, RuleSet>> {
    const rows = await tx.query<{ tenant: string; version: number; rules: Omit<RuleSet, 'version'> }>(`
      select tenant_id as tenant, version, document -> 'rule_set' as rules from rule_set where tenant_id = any($1) and active`, [tenants]);
    return new Map(rows.map(({ tenant, version, rules }) => [tenant, { ...rules, version }]));
  }

  /** Takes the rotation locks of tenants, in order; what is read after it is what the former holder has committed. */
  async lock(tx: Tx, tenants: string[]): Promise<void> {
    await tx.query(`
      select pg_advisory_xact_lock(hashtextextended('rotation ' || tenant, 0))
      from unnest($1::text[]) with ordinality as held(tenant, i) order by i`, [[...new Set(tenants)].sort()]);
  }

  /** The pools of tenants whose rotation is locked, with their members in the order of the document. */
  async pools(tx: Tx, tenants: string[]): Promise<Map<string, Pool[]>> {
    const rows = await tx.query<MemberRow>(`
      with load as (
        select owner_id, count(*) as open_leads from lead_assignment
        where tenant_id = any($1) and converted is null and owner_id is not null group by owner_id
      )
      select p.tenant_id as tenant, p.id as pool_id, p.name as pool, p.strategy, m.picks, m.turn, m.current_weight,
        jsonb_build_object('id', r.id, 'name', r.name, 'email', r.email, 'time_zone', r.time_zone, 'weight', r.weight,
          'active', r.active, 'max_open_leads', r.max_open_leads, 'open_leads', coalesce(load.open_leads, 0),
          'team', case when t.id is not null then jsonb_build_object('id', t.id, 'name', t.name) end) as rep
      from pool p
      join pool_member m on m.pool_id = p.id and m.tenant_id = p.tenant_id and m.active
      join rep r on r.id = m.rep_id
      left join team t on t.id = r.team_id
      left join load on load.owner_id = r.id
      where p.tenant_id = any($1) and p.active
      order by p.tenant_id, p.id, m.position`, [tenants]);
    return poolsByTenant(rows);
  }

  /** Stores the counters that moved. */
  async move(tx: Tx, moved: MovedCounters[]): Promise<void> {
    if (moved.length === 0) return;
    await tx.query(`
      update pool_member m set picks = n.picks, turn = n.turn, current_weight = n.current_weight
      from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) as n(pool_id, rep_id, picks, turn, current_weight)
      where m.pool_id = n.pool_id and m.rep_id = n.rep_id`, [
      moved.map(({ pool_id }) => pool_id), moved.map(({ rep_id }) => rep_id), moved.map(({ picks }) => picks),
      moved.map(({ turn }) => turn), moved.map(({ current_weight }) => current_weight),
    ]);
  }
}

function poolsByTenant(rows: MemberRow[]): Map<string, Pool[]> {
  const found = new Map<string, (Pool & { members: Member[] })[]>();
  for (const { tenant, pool_id, pool, strategy, rep, picks, turn, current_weight } of rows) {
    const pools = found.get(tenant) ?? found.set(tenant, []).get(tenant)!;
    let last = pools.at(-1);
    if (last?.id !== pool_id) pools.push(last = { id: pool_id, name: pool, strategy, members: [] });
    last.members.push({ rep, counters: { picks, turn, current_weight } });
  }
  return found;
}
