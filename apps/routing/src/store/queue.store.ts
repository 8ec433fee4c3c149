import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import type { Claimer } from '../domain/check-claim';
import type { Manager } from '../domain/settle-lead';

/** Who is told of leads in the queue, and who may claim them. */
@Injectable()
export class QueueStore {
  /** The managers of those tenants that were told of nothing in the last hour; from now on they were. */
  async managersToAlert(tx: Tx, tenants: readonly string[]): Promise<Manager[]> {
    return tx.query<Manager>(`
      with told as (
        insert into queue_alert as a (tenant_id, told_at) select tenant, now() from unnest($1::text[]) as untold(tenant) order by tenant
        on conflict (tenant_id) do update set told_at = excluded.told_at where a.told_at <= excluded.told_at - interval '1 hour'
        returning tenant_id
      )
      select distinct on (tenant_id, m ->> 'user_id') tenant_id as tenant, m ->> 'user_id' as user_id, m ->> 'email' as email, now() as now
      from told join team using (tenant_id) cross join jsonb_array_elements(managers) as m
      where active and m ->> 'email' is not null order by tenant_id, m ->> 'user_id'`, [tenants]);
  }

  /** The rep of that id or, without one, of that user. */
  async claimer(tx: Tx, tenant: string, { repId, userId }: { repId?: number; userId: string }): Promise<Claimer | null> {
    const [rep] = await tx.query<Claimer>(`
      select r.id, r.user_id, r.name, r.email, r.time_zone, r.weight, r.active, r.max_open_leads, r.roles,
        case when t.id is not null then jsonb_build_object('id', t.id, 'name', t.name) end as team,
        coalesce((select open_leads from rep_load where rep_id = r.id), 0) as open_leads
      from rep r left join team t on t.id = r.team_id
      where r.tenant_id = $1 and case when $2::bigint is null then r.user_id = $3 else r.id = $2 end`, [tenant, repId ?? null, userId]);
    return rep ?? null;
  }
}
