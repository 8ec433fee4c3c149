import { Injectable } from '@nestjs/common';
import type { DecisionView, Named } from '@headwater/contracts';
import { cutPage, type Queries, type Tx } from '@headwater/platform';
import type { Facts } from '@headwater/rules';
import type { LeadKey } from '../domain/assignment';
import type { PickKind } from '../domain/choosing/allocate';
import type { Counted } from '../domain/choosing/fairness';
import { packCandidates, unpackCandidates, type PackedCandidates } from '../domain/choosing/packed-candidates';
import type { OwnerDecision } from '../domain/owner-history';

/** Of one that no rules made there is no version, pool, strategy or candidate. */
export interface NewDecision extends LeadKey, Pick<DecisionView, 'cause' | 'because' | 'picked'>,
  Partial<Pick<DecisionView, 'rule_set_version' | 'pool' | 'strategy' | 'candidates'>> {
  /** one decision per lead and key */
  key: string;
  actor: string | null;
  /** what rules were evaluated over; absent where none were */
  facts?: Facts;
  /** the one that held */
  rule?: string | null;
  kind?: PickKind | null;
  leftOut?: Readonly<Record<string, number>>;
}

/** A decision as it is kept: what its rules found follows from the facts and their version. */
export interface KeptDecision extends DecisionView {
  facts: Facts | null;
}

/** Decisions, as they were made. */
@Injectable()
export class DecisionsStore {
  /**
   * Stores them. @returns their ids, in the order given
   * @throws a unique violation when a lead has a decision of that key: whoever counts on it rolls back
   */
  async add(tx: Tx, decisions: NewDecision[]): Promise<number[]> {
    if (decisions.length === 0) return [];
    const json = (values: unknown[]) => values.map((value) => (value == null ? null : JSON.stringify(value)));
    const rows = await tx.query<LeadKey & { key: string; id: number }>(`
      insert into decision (tenant_id, lead_id, key, cause, because, actor, rule_set_version, pool, strategy, looked_at, picked, facts, rule, kind, left_out,
        rules, candidates)
      select *, '[]'::jsonb, '[]'::jsonb from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::text[],
        $9::text[], $10::jsonb[], $11::jsonb[], $12::jsonb[], $13::text[], $14::text[], $15::jsonb[])
      returning id, tenant_id as tenant, lead_id, key`, [
      decisions.map(({ tenant }) => tenant),
      decisions.map(({ lead_id }) => lead_id),
      decisions.map(({ key }) => key),
      decisions.map(({ cause }) => cause),
      decisions.map(({ because }) => because),
      decisions.map(({ actor }) => actor),
      decisions.map(({ rule_set_version }) => rule_set_version ?? null),
      decisions.map(({ pool }) => pool ?? null),
      decisions.map(({ strategy }) => strategy ?? null),
      json(decisions.map(({ candidates }) => packCandidates(candidates ?? []))),
      json(decisions.map(({ picked }) => picked)),
      json(decisions.map(({ facts }) => facts)),
      decisions.map(({ rule }) => rule ?? null),
      decisions.map(({ kind }) => kind ?? null),
      json(decisions.map(({ leftOut }) => leftOut)),
    ]);
    const ids = new Map(rows.map(({ tenant, lead_id, key, id }) => [`${tenant} ${lead_id} ${key}`, id]));
    return decisions.map(({ tenant, lead_id, key }) => ids.get(`${tenant} ${lead_id} ${key}`) as number);
  }

  /** Whether a decision of that key was made for a lead whose row is locked. */
  async has(tx: Tx, { tenant, lead_id }: LeadKey, key: string): Promise<boolean> {
    const rows = await tx.query('select from decision where tenant_id = $1 and lead_id = $2 and key = $3', [tenant, lead_id, key]);
    return rows.length > 0;
  }

  /** Who was picked by the latest ones of a lead, newest first. */
  aboutOwners(queries: Queries, { tenant, lead_id }: LeadKey, limit: number): Promise<OwnerDecision[]> {
    return queries.query<OwnerDecision>(`
      select at, cause, because, actor, picked from decision where tenant_id = $1 and lead_id = $2 order by id desc limit $3`, [tenant, lead_id, limit]);
  }

  /** What was routed first in the past days, newest first: with the facts that it was decided on, and who got it. */
  past(
    queries: Queries, tenant: string, { days, limit }: { days: number; limit: number },
  ): Promise<{ lead_id: number; facts: Facts; picked: Named | null }[]> {
    return queries.query(`
      select lead_id, facts, picked from decision
      where tenant_id = $1 and at >= now() - make_interval(days => $2) and cause = 'first_score' and facts is not null
      order by id desc limit $3`, [tenant, days, limit]);
  }

  /** How many leads each rep got from each pool, and in which way; decisions from before have theirs by their cause. */
  counted(queries: Queries, tenant: string, { from, until }: { from: string; until: string }): Promise<Counted[]> {
    return queries.query<Counted>(`
      select pool, rep_id, name, kind, count, case when weighs then coalesce((select weight from rep where rep.id = rep_id), 1) else 1 end as weight
      from (
        select pool, (picked ->> 'id')::bigint as rep_id, max(picked ->> 'name') as name, bool_or(coalesce(strategy in ('weighted', 'capacity_share'), false)) as weighs,
          coalesce(kind, case when cause = 'manual' then 'manual' when strategy = 'account_owner' then 'sticky' else 'other' end) as kind, count(*)::int as count
        from decision where tenant_id = $1 and at >= $2 and at < $3 and picked is not null group by 1, 2, 5) as counted
      order by pool, rep_id`, [tenant, from, until]);
  }

  /** How leads came to their owners: the rule and the cause of the decisions of these ids. */
  async causes(tx: Tx, ids: readonly number[]): Promise<Map<number, { cause: string; rule: string | null; strategy: string | null }>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.query<{ id: number; cause: string; rule: string | null; strategy: string | null }>(
      'select id, cause, rule, strategy from decision where id = any($1::bigint[])', [ids]);
    return new Map(rows.map(({ id, ...why }) => [id, why]));
  }

  /** Of a lead, newest first. @param before an id */
  async page(
    queries: Queries, { tenant, lead_id }: LeadKey, { before, limit }: { before: number | null; limit: number },
  ): Promise<{ decisions: KeptDecision[]; next_cursor: string | null }> {
    const rows = await queries.query<KeptDecision & { looked_at: PackedCandidates | null }>(`
      select id, at, cause, because, actor, rule_set_version, rules, pool, strategy, candidates, looked_at, picked, facts, rule, kind,
        left_out as more_candidates
      from decision where tenant_id = $1 and lead_id = $2 and ($3::bigint is null or id < $3) order by id desc limit $4`,
    [tenant, lead_id, before, limit + 1]);
    const { shown, next_cursor } = cutPage(rows, limit, ({ id }) => id);
    const decisions = shown.map(({ looked_at, ...row }): KeptDecision => (looked_at ? { ...row, candidates: unpackCandidates(looked_at) } : row));
    return { decisions, next_cursor };
  }
}
