import { Injectable } from '@nestjs/common';
import type { Database } from '@headwater/platform';
import type { Parting } from '../domain/merging/leave-to-people';

export interface LikelyPair {
  id: number;
  tenant_id: string;
  low_id: number;
  high_id: number;
  /** this one included */
  tries: number;
}

/** Open reviews of pairs that are most likely one person's, of tenants that want these merged without a person. */
@Injectable()
export class LikelyPairsStore {
  /** The next ones that are due: nobody else gets them, nor does this process again, before `seconds` times their tries are over. */
  claim(database: Database, { limit, seconds }: { limit: number; seconds: number }): Promise<LikelyPair[]> {
    return database.query<LikelyPair>(`
      with newest as (
        select distinct on (tenant_id) tenant_id, document->>'auto_update' as auto_update from merge_policy order by tenant_id, version desc
      ), picked as (
        select r.id from newest join duplicate_review r using (tenant_id)
        where newest.auto_update = 'same' and r.status = 'open' and r.band = 'same' and r.left_to_people is null
          and (r.merge_due_at is null or r.merge_due_at <= now())
        order by r.merge_due_at nulls first, r.id limit $1 for update of r skip locked
      )
      update duplicate_review r set merge_tries = merge_tries + 1, merge_due_at = now() + make_interval(secs => $2 * (merge_tries + 1))
      from picked where r.id = picked.id
      returning r.id, r.tenant_id, r.low_id, r.high_id, r.merge_tries as tries`, [limit, seconds]);
  }

  /** What wasn't tried, or only met with an outage, doesn't count, and is due again in some seconds. */
  async giveBack(database: Database, pairs: LikelyPair[], seconds: number): Promise<void> {
    await database.query(`
      update duplicate_review set merge_tries = greatest(merge_tries - 1, 0), merge_due_at = now() + make_interval(secs => $2)
      where id = any($1::bigint[]) and status = 'open'`, [pairs.map(({ id }) => id), seconds]);
  }

  /** How people have ever said that some of these leads and some of those are two persons, for each of several, in their order; null where nobody has. */
  async partings(database: Database, tenant: string, asked: { these: number[]; those: number[] }[]): Promise<(Parting | null)[]> {
    const said = await database.query<{ parting: Parting | null }>(`
      select case
        when exists (select from merge where tenant_id = $1 and state = 'undone' and lead_ids && (these || those)
          and array[primary_id] || lead_ids && these and array[primary_id] || lead_ids && those) then 'unmerged'
        when exists (select from duplicate_review where tenant_id = $1 and (was_dismissed or status = 'dismissed')
          and ((low_id = any(these) and high_id = any(those)) or (low_id = any(those) and high_id = any(these)))) then 'dismissed'
      end as parting
      from jsonb_to_recordset($2::jsonb) as asked(place integer, these bigint[], those bigint[]) order by place`,
    [tenant, JSON.stringify(asked.map((one, place) => ({ place, ...one })))]);
    return said.map(({ parting }) => parting);
  }

  /** People decide about it, unless it is compared once more. */
  async leave(database: Database, { tenant_id, id }: LikelyPair, because: string): Promise<void> {
    await database.query(`update duplicate_review set left_to_people = $3 where tenant_id = $1 and id = $2 and status = 'open'`, [tenant_id, id, because]);
  }
}
