import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import type { NewSignal } from './evidence.store';
import { columnsOf, type LeadKey } from './scores.store';

/** What qualification told last of a lead that is, or was, nurtured. */
export interface NurturedLead extends LeadKey {
  /** of the enrolment */
  number: number;
  /** RFC 3339 */
  since: string;
  isOver: boolean;
}

/** Leads that are nurtured. Whoever asks or learns holds the leads' locks. */
@Injectable()
export class NurturedStore {
  /** Keeps the newest of each. @param leads each once @returns those of which it is news that they are nurtured */
  async learn(tx: Tx, leads: readonly NurturedLead[]): Promise<LeadKey[]> {
    const rows = await tx.query<LeadKey & { is_over: boolean }>(`
      insert into nurtured_lead as known (tenant_id, lead_id, number, since, is_over)
      select * from unnest($1::text[], $2::bigint[], $3::integer[], $4::timestamptz[], $5::boolean[])
      on conflict (tenant_id, lead_id) do update set number = excluded.number, since = excluded.since, is_over = excluded.is_over
      where (excluded.number, excluded.is_over) > (known.number, known.is_over)
      returning tenant_id as tenant, lead_id as "leadId", is_over`,
    [...columnsOf(leads), leads.map(({ number }) => number), leads.map(({ since }) => since), leads.map(({ isOver }) => isOver)]);
    return rows.filter(({ is_over }) => !is_over);
  }

  /** Those of the leads that are nurtured. */
  async open(tx: Tx, leads: readonly LeadKey[]): Promise<LeadKey[]> {
    if (leads.length === 0) return [];
    return tx.query<LeadKey>(`
      select tenant_id as tenant, lead_id as "leadId" from nurtured_lead
      where (tenant_id, lead_id) in (select * from unnest($1::text[], $2::bigint[])) and not is_over`, columnsOf(leads));
  }

  /**
   * What leads that are nurtured did since then, and with each what those did that it goes by: what several are said to have done was done once.
   * @param leads with who did it, itself or a lead that was merged into it
   */
  async signalsSince(tx: Tx, leads: readonly (LeadKey & { by: number })[]): Promise<(NewSignal & { of: number })[]> {
    if (leads.length === 0) return [];
    return tx.query<NewSignal & { of: number }>(`
      select tenant, "leadId", "of", signal_id, type, at, properties from (
        select distinct on (tenant_id, asked.lead_id, signal_id) tenant_id as tenant, by as "leadId", asked.lead_id as "of", signal_id, type, at, properties
        from unnest($1::text[], $2::bigint[], $3::bigint[]) as asked(tenant_id, lead_id, by)
        join nurtured_lead using (tenant_id, lead_id)
        join signal using (tenant_id)
        where signal.lead_id = by and not is_over and at > since order by tenant_id, asked.lead_id, signal_id, by
      ) as done order by at`, [...columnsOf(leads), leads.map(({ by }) => by)]);
  }
}
