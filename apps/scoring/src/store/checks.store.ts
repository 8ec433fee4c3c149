import { Injectable } from '@nestjs/common';
import type { Queries, Tx } from '@headwater/platform';
import { columnsOf, type LeadKey } from './scores.store';

/** How long a lead is left to who has claimed it. */
const CLAIM_S = 60;

/** Every query about when scores are looked at again; `ScoresStore` writes it together with a score. */
@Injectable()
export class ChecksStore {
  /** The next leads whose moment has come: nobody else gets them until the claim runs out. Scoring one ends it. */
  claim(queries: Queries, limit: number): Promise<LeadKey[]> {
    return queries.query<LeadKey>(`
      update score_check as due set next_check_at = now() + make_interval(secs => $2)
      from (
        select tenant_id, lead_id from score_check where next_check_at <= now() order by next_check_at limit $1 for update skip locked
      ) as next
      where due.tenant_id = next.tenant_id and due.lead_id = next.lead_id
      returning due.tenant_id as tenant, due.lead_id as "leadId"`, [limit, CLAIM_S]);
  }

  async drop(tx: Tx, leads: LeadKey[]): Promise<void> {
    if (leads.length === 0) return;
    await tx.query(`
      delete from score_check using unnest($1::text[], $2::bigint[]) as none(tenant_id, lead_id)
      where score_check.tenant_id = none.tenant_id and score_check.lead_id = none.lead_id`,
    columnsOf(leads));
  }
}
