import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import type { NewSignal } from './evidence.store';
import type { LeadKey } from './scores.store';

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
    [...keysOf(leads), leads.map(({ number }) => number), leads.map(({ since }) => since), leads.map(({ isOver }) => isOver)]);
    return rows.filter(({ is_over }) => !is_over);
  }

  /** Those of the leads that are nurtured. */
  async open(tx: Tx, leads: readonly LeadKey[]): Promise<LeadKey[]> {
    if (leads.length === 0) return [];
    return tx.query<LeadKey>(`
      select tenant_id as tenant, lead_id as "leadId" from nurtured_lead
      where (tenant_id, lead_id) in (select * from unnest($1::text[], $2::bigint[])) and not is_over`, keysOf(leads));
  }

  /** What leads that are nurtured did since then. */
  async signalsSince(tx: Tx, leads: readonly LeadKey[]): Promise<NewSignal[]> {
    if (leads.length === 0) return [];
    return tx.query<NewSignal>(`
      select tenant_id as tenant, lead_id as "leadId", signal_id, type, at, properties
      from nurtured_lead join signal using (tenant_id, lead_id)
      where (tenant_id, lead_id) in (select * from unnest($1::text[], $2::bigint[])) and not is_over and at > since order by at`, keysOf(leads));
  }
}

const keysOf = (leads: readonly LeadKey[]): [string[], number[]] => [leads.map(({ tenant }) => tenant), leads.map(({ leadId }) => leadId)];
