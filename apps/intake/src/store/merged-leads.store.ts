import { Injectable } from '@nestjs/common';
import type { Queries, Tx } from '@headwater/platform';
import type { Lead } from '../domain/lead';
import type { MatchKey } from '../domain/read-submission';

export type LeadKeyRow = MatchKey & { lead_id: number };

/** Which leads belong to which, and the keys that go with them. Whoever writes here holds the locks of leads and keys. */
@Injectable()
export class MergedLeadsStore {
  /** The leads that merged ones among `ids` belong to by now, however often these were merged on. */
  async primaries(queries: Queries, tenant: string, ids: number[]): Promise<{ lead_id: number; primary_id: number }[]> {
    return queries.query(`
      with recursive above as (
        select id as lead_id, merged_into from lead where tenant_id = $1 and id = any($2::bigint[]) and merged_into is not null
        union
        select above.lead_id, lead.merged_into from above join lead on lead.id = above.merged_into where lead.merged_into is not null
      )
      select lead_id, above.merged_into as primary_id from above join lead on lead.id = above.merged_into where lead.merged_into is null`,
    [tenant, ids]);
  }

  /** A lead with all that were merged into it, at whatever depth. */
  async members(queries: Queries, tenant: string, id: number): Promise<number[]> {
    return (await this.membersOf(queries, tenant, [id])).get(id) ?? [];
  }

  /** The same of several, by their ids. */
  async membersOf(queries: Queries, tenant: string, ids: number[]): Promise<Map<number, number[]>> {
    const rows = await queries.query<{ root: number; members: number[] }>(`
      with recursive under as (
        select id as root, id from lead where tenant_id = $1 and id = any($2::bigint[])
        union
        select under.root, lead.id from under join lead on lead.merged_into = under.id
      )
      select root, json_agg(id order by id) as members from under group by root`, [tenant, ids]);
    return new Map(rows.map(({ root, members }) => [root, members]));
  }

  /** Makes leads part of another one, or, with null, leads of their own again. @returns them as they are now */
  async tie(tx: Tx, tenant: string, ids: number[], primaryId: number | null): Promise<Lead[]> {
    return tx.query<Lead>(`
      update lead set merged_into = $3, revision = revision + 1, updated_at = now()
      where tenant_id = $1 and id = any($2::bigint[]) returning *`, [tenant, ids, primaryId]);
  }

  keysOf(queries: Queries, tenant: string, ids: number[]): Promise<LeadKeyRow[]> {
    return queries.query<LeadKeyRow>(`
      select lead_id, kind, value, exclusive from match_key where tenant_id = $1 and lead_id = any($2::bigint[]) order by lead_id, kind, value`,
    [tenant, ids]);
  }

  /** The primary is found by all keys of the others from now on. */
  async moveKeys(tx: Tx, tenant: string, ids: number[], primaryId: number): Promise<void> {
    await tx.query(`
      with gone as (
        delete from match_key where tenant_id = $1 and lead_id = any($2::bigint[] || $3::bigint) returning kind, value, exclusive
      )
      insert into match_key (tenant_id, kind, value, lead_id, exclusive)
      select $1, kind, value, $3, bool_or(exclusive) from gone group by kind, value`, [tenant, ids, primaryId]);
  }

  /** Replaces all keys of leads. One that another lead has come to own meanwhile stays that one's: these are found by it, and no more. */
  async replaceKeys(tx: Tx, tenant: string, ids: number[], keys: LeadKeyRow[]): Promise<void> {
    await tx.query('delete from match_key where tenant_id = $1 and lead_id = any($2::bigint[])', [tenant, ids]);
    await tx.query(`
      insert into match_key (tenant_id, kind, value, lead_id, exclusive)
      select $1, kind, value, lead_id, exclusive and not exists (
        select from match_key other
        where other.tenant_id = $1 and other.kind = key.kind and other.value = key.value and other.exclusive)
      from jsonb_to_recordset($2::jsonb) as key(kind text, value text, lead_id bigint, exclusive boolean)`, [tenant, JSON.stringify(keys)]);
  }
}
