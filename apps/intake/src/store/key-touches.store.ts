import { Injectable } from '@nestjs/common';
import type { KeyTouch, LeadTouches } from '@headwater/contracts';
import type { Database } from '@headwater/platform';

/** A touch with its places among those of its lead. */
type Ranked = KeyTouch & { root: number; made: boolean; oldest: number; newest: number; oldest_made: number; count: number };

/** The touches that attribution goes by. */
@Injectable()
export class KeyTouchesStore {
  /** Those of several leads, each with its newest touches besides, oldest first, and with their number. */
  async ofEach(database: Database, tenant: string, leadIds: number[], most: number): Promise<Map<number, LeadTouches>> {
    const rows = await database.query<Ranked>(`
      with recursive member as (
        select id as root, id from lead where tenant_id = $1 and id = any($2::bigint[])
        union
        select root, lead.id from member join lead on lead.merged_into = member.id
      ), visit as (
        select root, t.id, t.submission_id, t.at, s.entry, t.channel, t.source, t.campaign, t.utm, t.click_ids, t.page_url, t.referrer,
               case when s.inlet_kind is not null then jsonb_build_object('kind', s.inlet_kind, 'id', s.inlet_id) end as inlet,
               s.verdict not in ('updated', 'touched') as made
        from member join touch t on t.tenant_id = $1 and t.lead_id = member.id
        join submission s on s.tenant_id = t.tenant_id and s.id = t.submission_id
      ), ranked as (
        select *, row_number() over oldest_first as oldest, row_number() over (partition by root order by at desc, id desc) as newest,
               row_number() over (partition by root, made order by at, id) as oldest_made, count(*) over (partition by root) as count
        from visit window oldest_first as (partition by root order by at, id)
      )
      select * from ranked where oldest = 1 or newest <= $3 or (made and oldest_made = 1) order by root, oldest`, [tenant, leadIds, most]);
    return new Map(leadIds.map((id) => [id, touchesOf(rows.filter(({ root }) => root === id), most)]));
  }
}

function touchesOf(rows: Ranked[], most: number): LeadTouches {
  const first = rows.find(({ oldest }) => oldest === 1);
  const last = rows.find(({ newest }) => newest === 1);
  const made = rows.find(({ made: isMaking, oldest_made }) => isMaking && oldest_made === 1);
  return {
    first: first ? keyTouch(first) : null, last: last ? keyTouch(last) : null, made_lead: made ? keyTouch(made) : null,
    list: rows.filter(({ oldest, newest }) => oldest === 1 || newest <= most)
      .map(({ submission_id, at, entry, channel, source, campaign }) => ({ submission_id, at, entry, channel, source, campaign })),
    count: first?.count ?? 0,
  };
}

const keyTouch = ({ submission_id, at, entry, inlet, channel, source, campaign, utm, click_ids, page_url, referrer }: KeyTouch): KeyTouch =>
  ({ submission_id, at, entry, inlet, channel, source, campaign, utm, click_ids, page_url, referrer });
