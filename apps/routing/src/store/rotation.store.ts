import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import type { MovedCounters, Pool } from '../domain/allocate';
import type { Rep } from '../domain/eligibility';
import type { RuleSet } from '../domain/match-rules';

/** What a tenant's leads are routed by. */
export interface Setup {
  rules: RuleSet;
  pools: Pool[];
}

/** Rules in force, pools and their counters. */
@Injectable()
export class RotationStore {
  /** Takes the rotation locks of tenants, in order; what is read after it is what the former holder has committed. */
  async lock(tx: Tx, tenants: string[]): Promise<void> {
    await tx.query(`
      select pg_advisory_xact_lock(hashtextextended('rotation ' || tenant, 0))
      from unnest($1::text[]) with ordinality as held(tenant, i) order by i`, [[...new Set(tenants)].sort()]);
  }

  /** Rules and pools by tenant, whose rotation is locked; members in the order of the document. A tenant without a setup has none. */
  async setups(tx: Tx, tenants: string[]): Promise<Map<string, Setup>> {
    // Nested, as nobody needs it flat: one join of all these tables takes PostgreSQL longer to plan than to run.
    const rows = await tx.query<{ tenant: string; version: number; rules: Omit<RuleSet, 'version'>; pools: Pool[] }>(`
      select s.tenant_id as tenant, s.version, s.document -> 'rule_set' as rules, (
        select json_agg(json_build_object('id', p.id, 'name', p.name, 'strategy', p.strategy, 'options', coalesce(p.options, '{}'), 'members', (
          select coalesce(json_agg(json_build_object(
            'rep', json_build_object('id', r.id, 'name', r.name, 'email', r.email, 'time_zone', r.time_zone, 'weight', r.weight,
              'active', r.active, 'max_open_leads', r.max_open_leads,
              'open_leads', coalesce((select open_leads from rep_load where rep_id = r.id), 0),
              'team', (select json_build_object('id', t.id, 'name', t.name) from team t where t.id = r.team_id)),
            'counters', json_build_object('picks', m.picks, 'turn', m.turn, 'current_weight', m.current_weight)
          ) order by m.position), '[]')
          from pool_member m join rep r on r.id = m.rep_id where m.pool_id = p.id and m.active)) order by p.id)
        from pool p where p.tenant_id = s.tenant_id and p.active) as pools
      from rule_set s where s.tenant_id = any($1) and s.active`, [tenants]);
    return new Map(rows.map(({ tenant, version, rules, pools }) => [tenant, { rules: { ...rules, version }, pools }]));
  }

  /** Reps, wherever they are members; those of them that are there. */
  async reps(tx: Tx, asked: { tenant: string; id: number }[]): Promise<(Rep & { tenant: string })[]> {
    if (asked.length === 0) return [];
    return tx.query<Rep & { tenant: string }>(`
      select distinct r.tenant_id as tenant, r.id, r.name, r.email, r.time_zone, r.weight, r.active, r.max_open_leads,
        coalesce((select open_leads from rep_load where rep_id = r.id), 0) as open_leads,
        (select jsonb_build_object('id', t.id, 'name', t.name) from team t where t.id = r.team_id) as team
      from unnest($1::text[], $2::bigint[]) as asked(tenant_id, id) join rep r using (tenant_id, id)`,
    [asked.map(({ tenant }) => tenant), asked.map(({ id }) => id)]);
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
