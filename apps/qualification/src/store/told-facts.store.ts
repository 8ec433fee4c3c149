import { Injectable } from '@nestjs/common';
import type { Facts } from '@headwater/rules';
import type { Tx } from '@headwater/platform';
import type { LeadKey } from './statuses.store';

/** What intake told of a lead, as far as rules over open leads ask for it. @property revision of intake's */
export interface ToldFacts extends LeadKey { revision: number; facts: Facts }

/** Kept of the leads of tenants that have such rules. Whoever changes them holds the leads' locks. */
@Injectable()
export class ToldFactsStore {
  of(tx: Tx, leads: readonly LeadKey[]): Promise<ToldFacts[]> {
    return tx.query<ToldFacts>(`
      select tenant_id, lead_id, revision, facts from unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id)
      join told_facts using (tenant_id, lead_id)`, [leads.map(({ tenant_id }) => tenant_id), leads.map(({ lead_id }) => lead_id)]);
  }

  async write(tx: Tx, told: readonly ToldFacts[]): Promise<void> {
    if (told.length === 0) return;
    await tx.query(`
      insert into told_facts (tenant_id, lead_id, revision, facts)
      select tenant_id, lead_id, revision, facts
      from jsonb_to_recordset($1::jsonb) as n(tenant_id text, lead_id bigint, revision bigint, facts jsonb) order by tenant_id, lead_id
      on conflict (tenant_id, lead_id) do update set revision = excluded.revision, facts = excluded.facts`, [JSON.stringify(told)]);
  }
}
