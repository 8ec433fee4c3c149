import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import { campaignKey } from '../domain/campaigns/campaign-name';
import type { CampaignName } from './campaigns.store';

/** What has to be known before a batch is decided, and depends on no lead. */
interface BeforeCapture {
  /** for as many new leads as there may be */
  ids: number[];
  now: string;
  /** versions of the tenants' channel tables; a tenant without one isn't there */
  channels: Record<string, number>;
  campaigns: { tenant_id: string; key: string; code: string }[];
  /** versions of the setups by which new leads are enriched, where a tenant has such a rule */
  enrichment: Record<string, number>;
}

/** Asked in one statement, as every batch of submissions waits for it. */
@Injectable()
export class OriginsStore {
  async beforeCapture(tx: Tx, { count, tenants, names }: { count: number; tenants: string[]; names: CampaignName[] }): Promise<BeforeCapture> {
    const [found] = await tx.query<BeforeCapture>(`
      select now() as now,
        (select jsonb_agg(nextval(pg_get_serial_sequence('lead', 'id'))) from generate_series(1, $1)) as ids,
        (select coalesce(jsonb_object_agg(tenant_id, version), '{}') from (
           select tenant_id, (select max(version) from channel_table c where c.tenant_id = sent.tenant_id) as version
           from unnest($2::text[]) as sent(tenant_id)) as counting where version is not null) as channels,
        (select coalesce(jsonb_agg(jsonb_build_object('tenant_id', tenant_id, 'key', key, 'code', code)), '[]')
         from unnest($3::text[], $4::text[]) as sent(tenant_id, key) join campaign_alias using (tenant_id, key)) as campaigns,
        (select coalesce(jsonb_object_agg(tenant_id, version), '{}') from enrichment_setup
         where tenant_id = any($2::text[]) and document->'on_capture' is not null) as enrichment`,
      [count, tenants, names.map(({ tenant }) => tenant), names.map(({ name }) => campaignKey(name))]);
    return found;
  }
}
