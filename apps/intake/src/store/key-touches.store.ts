import { Injectable } from '@nestjs/common';
import type { KeyTouch, KeyTouches } from '@headwater/contracts';
import type { Database } from '@headwater/platform';

type Role = keyof KeyTouches;

/** The touches that attribution goes by. */
@Injectable()
export class KeyTouchesStore {
  async of(database: Database, tenant: string, leadId: number): Promise<KeyTouches> {
    const rows = await database.query<KeyTouch & { role: Role }>(`
      with recursive member as (
        select id from lead where tenant_id = $1 and id = $2
        union
        select lead.id from member join lead on lead.merged_into = member.id
      ), visit as (
        select t.id, t.submission_id, t.at, s.entry, t.channel, t.source, t.campaign, t.utm, t.click_ids, t.page_url, t.referrer, s.verdict,
               case when s.inlet_kind is not null then jsonb_build_object('kind', s.inlet_kind, 'id', s.inlet_id) end as inlet
        from member join touch t on t.tenant_id = $1 and t.lead_id = member.id
        join submission s on s.tenant_id = t.tenant_id and s.id = t.submission_id
      )
      (select 'first' as role, * from visit order by at, id limit 1)
      union all (select 'last', * from visit order by at desc, id desc limit 1)
      union all (select 'made_lead', * from visit where verdict not in ('updated', 'touched') order by at, id limit 1)`, [tenant, leadId]);
    const touchOf = (role: Role): KeyTouch | null => rows.filter((row) => row.role === role).map(keyTouch)[0] ?? null;
    return { first: touchOf('first'), last: touchOf('last'), made_lead: touchOf('made_lead') };
  }
}

const keyTouch = ({ submission_id, at, entry, inlet, channel, source, campaign, utm, click_ids, page_url, referrer }: KeyTouch): KeyTouch =>
  ({ submission_id, at, entry, inlet, channel, source, campaign, utm, click_ids, page_url, referrer });
