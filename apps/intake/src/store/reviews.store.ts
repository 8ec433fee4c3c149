import { Injectable } from '@nestjs/common';
import type { ReviewFilter, ReviewSort } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { Judgement, KnownReview } from '../domain/matching/judge-pair';
import type { ShownReview } from '../domain/matching/review-view';
import { conditionsOf, pageOf, type Page } from './page';
import type { LeadRef } from './match-work.store';

const shown = (side: string): string => `(select jsonb_build_object('id', l.id, 'profile', l.profile, 'company_domain', l.facts->>'company_domain',
    'created_at', to_char(l.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'converted', l.converted is not null, 'merged_into', l.merged_into)
  from lead l where l.tenant_id = r.tenant_id and l.id = r.${side}_id) as ${side}`;
const COLUMNS = `r.id, r.tenant_id, r.status, r.band, r.probability, r.bits, r.evidence, r.held, r.doubt, r.model_version, r.opened_at, r.updated_at,
  r.decided_at, r.decided_by, r.reason, r.left_to_people, r.low_id, r.high_id`;

/** Pairs of leads that may be one person's, and what people decided about them. */
@Injectable()
export class ReviewsStore {
  /** Locks what is known of leads' pairs, in one order; found once, as in `lockSharing`: one that changed meanwhile would be left out. */
  async lock(tx: Tx, leads: LeadRef[]): Promise<KnownReview[]> {
    return tx.query<KnownReview>(`
      with wanted as materialized (
        select r.id from unnest($1::text[], $2::bigint[]) as own(tenant_id, lead_id)
          join duplicate_review r on r.tenant_id = own.tenant_id and r.low_id = own.lead_id
        union
        select r.id from unnest($1::text[], $2::bigint[]) as own(tenant_id, lead_id)
          join duplicate_review r on r.tenant_id = own.tenant_id and r.high_id = own.lead_id
      )
      select low_id, high_id, status, low_identity, high_identity, doubt from wanted join duplicate_review r using (id)
      order by low_id, high_id for update of r`, [leads.map(({ tenant }) => tenant), leads.map(({ id }) => id)]);
  }

  /**
   * Writes what became of pairs; of one that is there, it was locked, or is one that nobody has decided about. A lead that was merged since it was
   * compared is another one's: its pairs stay decided. @returns how many opened
   */
  async write(tx: Tx, judgements: (Judgement & { model_version: number })[]): Promise<number> {
    if (judgements.length === 0) return 0;
    const rows = await tx.query<{ opened: boolean }>(`
      insert into duplicate_review as present (
        tenant_id, low_id, high_id, status, band, probability, bits, evidence, held, model_version, low_identity, high_identity)
      select * from jsonb_to_recordset($1::jsonb) as sent(
        tenant_id text, low_id bigint, high_id bigint, status text, band text, probability double precision, bits double precision,
        evidence jsonb, held text, model_version integer, low_identity bigint, high_identity bigint)
      where not exists (select from lead where tenant_id = sent.tenant_id and id in (low_id, high_id) and merged_into is not null)
      order by low_id, high_id
      on conflict (tenant_id, low_id, high_id) do update set
        status = excluded.status, band = excluded.band, probability = excluded.probability, bits = excluded.bits, evidence = excluded.evidence,
        held = excluded.held, model_version = excluded.model_version, low_identity = excluded.low_identity, high_identity = excluded.high_identity,
        opened_at = case when present.status <> 'open' and excluded.status = 'open' then now() else present.opened_at end,
        decided_at = case when excluded.status = 'open' then null else present.decided_at end,
        decided_by = case when excluded.status = 'open' then null else present.decided_by end,
        reason = case when excluded.status = 'open' then null else present.reason end,
        was_dismissed = present.was_dismissed or present.status = 'dismissed', left_to_people = null, merge_due_at = null, merge_tries = 0,
        updated_at = now()
      returning xmax = 0 as opened`, [JSON.stringify(judgements)]);
    return rows.filter(({ opened }) => opened).length;
  }

  /** Opens reviews of pairs that a submission was in doubt about; of leads that are new, so that nothing is known of them. */
  async openDoubts(tx: Tx, doubts: (Omit<Judgement, 'low_identity' | 'high_identity'> & { model_version: number; doubt: string })[]): Promise<void> {
    if (doubts.length === 0) return;
    await tx.query(`
      insert into duplicate_review (tenant_id, low_id, high_id, status, band, probability, bits, evidence, held, model_version, doubt)
      select * from jsonb_to_recordset($1::jsonb) as sent(
        tenant_id text, low_id bigint, high_id bigint, status text, band text, probability double precision, bits double precision,
        evidence jsonb, held text, model_version integer, doubt text)`, [JSON.stringify(doubts)]);
  }

  async find(queries: Queries, tenant: string, id: number): Promise<ShownReview | undefined> {
    const [row] = await queries.query<ShownReview>(
      `select ${COLUMNS}, ${shown('low')}, ${shown('high')} from duplicate_review r where r.tenant_id = $1 and r.id = $2`, [tenant, id]);
    return row;
  }

  /** One page, by probability or age. */
  list(
    queries: Queries, tenant: string, { filter, sort, cursor, limit }: { filter: ReviewFilter; sort: ReviewSort; cursor?: string; limit: number },
  ): Promise<Page<ShownReview>> {
    const { conditions, parameters, where } = conditionsOf(tenant);
    if (filter.status !== undefined) where((p) => `status = ${p}`, filter.status);
    if (filter.band !== undefined) where((p) => `band = ${p}`, filter.band);
    if (filter.lead_id !== undefined) where((p) => `(low_id = ${p} or high_id = ${p})`, filter.lead_id);
    return pageOf<ShownReview>(queries, {
      select: `${COLUMNS}, ${shown('low')}, ${shown('high')}`, from: 'duplicate_review r', conditions, parameters, sort, cursor, limit,
    });
  }

  /** Locks one that may be merged without a person. @returns whether it still is such a one */
  async holdLikely(tx: Tx, tenant: string, id: number): Promise<boolean> {
    const rows = await tx.query(`select from duplicate_review where tenant_id = $1 and id = $2 and status = 'open' and band = 'same' for update`, [tenant, id]);
    return rows.length > 0;
  }

  /** One that is open, or was. */
  async dismiss(tx: Tx, tenant: string, id: number, { by, reason }: { by: string; reason: string | null }): Promise<void> {
    await tx.query(`
      update duplicate_review set status = 'dismissed', decided_at = now(), decided_by = $3, reason = $4, updated_at = now()
      where tenant_id = $1 and id = $2 and status in ('open', 'withdrawn')`, [tenant, id, by, reason]);
  }

  /**
   * What a merge makes of the reviews of its leads: those among them are merged; what was dismissed of a loser and somebody else holds for
   * the primary; what was open of a loser is withdrawn, and opens anew for the primary where it is one.
   */
  async afterMerge(tx: Tx, { tenant, primary, losers, by }: { tenant: string; primary: number; losers: number[]; by: string }): Promise<void> {
    const all = [primary, ...losers];
    await tx.query(`
      with among as (
        update duplicate_review set status = 'merged', decided_at = now(), decided_by = $3, updated_at = now()
        where tenant_id = $1 and low_id = any($2::bigint[]) and high_id = any($2::bigint[])
      ), apart as (
        update duplicate_review set status = 'withdrawn', updated_at = now()
        where tenant_id = $1 and status = 'open' and (low_id = any($4::bigint[])) <> (high_id = any($4::bigint[]))
          and not (low_id = any($2::bigint[]) and high_id = any($2::bigint[]))
      )
      insert into duplicate_review (tenant_id, low_id, high_id, status, band, probability, bits, evidence, held, doubt, model_version,
        opened_at, decided_at, decided_by, reason)
      select distinct on (other) tenant_id, least($5, other), greatest($5, other), status, band, probability, bits, evidence, held, doubt, model_version,
        opened_at, decided_at, decided_by, reason
      from (
        select r.*, case when low_id = any($4::bigint[]) then high_id else low_id end as other from duplicate_review r
        where tenant_id = $1 and status = 'dismissed' and (low_id = any($4::bigint[])) <> (high_id = any($4::bigint[]))
      ) as dismissed
      where other <> all($2::bigint[])
      order by other, decided_at desc
      on conflict (tenant_id, low_id, high_id) do nothing`, [tenant, all, by, losers, primary]);
  }

  /** Open reviews of several leads, the likeliest first; each with the lead that it was asked for. @param limit of each */
  openOfEach(queries: Queries, tenant: string, leadIds: number[], limit: number): Promise<(ShownReview & { asked_for: number })[]> {
    return queries.query(`
      select asked.id as asked_for, r.* from unnest($2::bigint[]) as asked(id) cross join lateral (
        select ${COLUMNS}, ${shown('low')}, ${shown('high')} from duplicate_review r
        where r.tenant_id = $1 and r.status = 'open' and (r.low_id = asked.id or r.high_id = asked.id) order by r.probability desc, r.id desc limit $3) as r
      order by r.probability desc, r.id desc`,
    [tenant, leadIds, limit]);
  }
}
