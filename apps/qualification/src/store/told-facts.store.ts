import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import type { KeptFacts } from '../domain/nurturing/told-facts';
import type { LeadKey } from './statuses.store';

/** What intake told of a lead, as far as rules over open leads ask for it. @property rules_version of those rules: by others it says nothing */
export interface ToldFacts extends LeadKey, KeptFacts { rules_version: number }

/** Kept of the leads of tenants that have such rules. Whoever changes them holds the leads' locks. */
@Injectable()
export class ToldFactsStore {
  of(tx: Tx, leads: readonly LeadKey[]): Promise<ToldFacts[]> {
    return tx.query<ToldFacts>(`
      select tenant_id, lead_id, revision, since, facts, rules_version from unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id)
      join told_facts using (tenant_id, lead_id)`, [leads.map(({ tenant_id }) => tenant_id), leads.map(({ lead_id }) => lead_id)]);
  }

  async write(tx: Tx, told: readonly ToldFacts[]): Promise<void> {
    if (told.length === 0) return;
    await tx.query(`
      insert into told_facts (tenant_id, lead_id, revision, since, facts, rules_version)
      select tenant_id, lead_id, revision, since, facts, rules_version
      from jsonb_to_recordset($1::jsonb) as n(tenant_id text, lead_id bigint, revision bigint, since bigint, facts jsonb, rules_version integer)
      order by tenant_id, lead_id
      on conflict (tenant_id, lead_id) do update set
        revision = excluded.revision, since = excluded.since, facts = excluded.facts, rules_version = excluded.rules_version, told_at = excluded.told_at`, [JSON.stringify(told)]);
  }
}
