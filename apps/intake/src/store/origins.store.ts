import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import { campaignKey } from '../domain/campaigns/campaign-name';
import type { CampaignName } from './campaigns.store';

/** What has to be known before a batch is decided, and depends on no lead. */
interface BeforeCapture {
  /** for as many new leads as there may be */
  ids: number[];
  now: string;
  /** version of each tenant's channel table, in their order; null for one that has none of its own */
  channels: (number | null)[];
  /** code of each campaign, in the order of the names; null for one that nobody has named before */
  campaigns: (string | null)[];
  /** version of the setup by which each tenant's new leads are enriched, in their order; null for one without such a rule */
  enrichment: (number | null)[];
}

/** Asked in one statement, as every batch of submissions waits for it: as lists, which costs half of what documents do. */
@Injectable()
export class OriginsStore {
  async beforeCapture(tx: Tx, { count, tenants, names }: { count: number; tenants: string[]; names: CampaignName[] }): Promise<BeforeCapture> {
    const [{ ids, ...found }] = await tx.query<Omit<BeforeCapture, 'ids'> & { ids: string[] }>(`
      select now() as now,
        array(select nextval(pg_get_serial_sequence('lead', 'id'))::text from generate_series(1, $1)) as ids,
        array(select (select max(version) from channel_table c where c.tenant_id = sent.tenant_id) from unnest($2::text[]) as sent(tenant_id)) as channels,
        array(select (select code from campaign_alias a where a.tenant_id = sent.tenant_id and a.key = sent.key)
              from unnest($3::text[], $4::text[]) as sent(tenant_id, key)) as campaigns,
        array(select (select version from enrichment_setup e where e.tenant_id = sent.tenant_id and e.document->'on_capture' is not null)
              from unnest($2::text[]) as sent(tenant_id)) as enrichment`,
      [count, tenants, names.map(({ tenant }) => tenant), names.map(({ name }) => campaignKey(name))]);
    return { ...found, ids: ids.map(Number) };
  }
}
