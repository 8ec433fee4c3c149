import { Injectable } from '@nestjs/common';
import type { Identity } from '@headwater/contracts';
import type { Queries } from '@headwater/platform';

/** Of a key that very many have only the oldest leads are looked at. */
export const MOST_HOLDERS = 50;

/** By which keys people are named, without a lock: for questions. */
@Injectable()
export class LeadKeysStore {
  /** Who is meant by each key, by `tenant kind value`: an open lead before a converted one, then who owns the key, then the oldest. */
  async holders(queries: Queries, keys: Identity[]): Promise<Map<string, number>> {
    if (keys.length === 0) return new Map();
    const rows = await queries.query<{ name: string; lead_id: number }>(`
      select concat_ws(' ', asked.tenant_id, asked.kind, asked.value) as name, holder.lead_id
      from (select distinct * from unnest($1::text[], $2::text[], $3::text[]) as asked(tenant_id, kind, value)) as asked
      cross join lateral (
        select found.lead_id from (
          select lead_id, exclusive from match_key k
          where (k.tenant_id, k.kind, k.value) = (asked.tenant_id, asked.kind, asked.value) and exclusive
          union
          (select lead_id, exclusive from match_key k where (k.tenant_id, k.kind, k.value) = (asked.tenant_id, asked.kind, asked.value)
           order by lead_id limit ${MOST_HOLDERS})
        ) as found join lead on lead.id = found.lead_id and lead.merged_into is null
        order by lead.converted is not null, not found.exclusive, found.lead_id limit 1) as holder`,
    [keys.map(({ tenant }) => tenant), keys.map(({ kind }) => kind), keys.map(({ value }) => value)]);
    return new Map(rows.map(({ name, lead_id }) => [name, lead_id]));
  }

  /** The addresses and senders' ids of these leads. */
  of(queries: Queries, leads: { tenant: string; lead_id: number }[]): Promise<Identity[]> {
    return queries.query<Identity>(`
      select distinct tenant_id as tenant, kind, value from match_key
      join unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id) using (tenant_id, lead_id)
      where kind in ('email', 'external_id')`, [leads.map(({ tenant }) => tenant), leads.map(({ lead_id }) => lead_id)]);
  }
}
