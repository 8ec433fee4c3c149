import { Injectable } from '@nestjs/common';
import type { CaptureItem } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { campaignNameOf, type Origins } from '../domain/attribute';
import { CampaignsStore, nameOf, type CampaignName } from '../store/campaigns.store';
import { OriginsStore } from '../store/origins.store';
import { ChannelTables } from './channel-tables';

/** What the tenants of a batch say of where its submissions come from, with ids and time for what becomes of them. */
@Injectable()
export class ReadOrigins {
  constructor(private readonly origins: OriginsStore, private readonly campaigns: CampaignsStore, private readonly tables: ChannelTables) {}

  /** One statement, unless a campaign is named for the first time, or a channel table is new to this process. */
  async read(tx: Tx, items: CaptureItem[]): Promise<{ ids: number[]; now: string; origins: Origins; enrichment: Record<string, number> }> {
    const names = distinct(items.flatMap(({ tenant, lead }): CampaignName[] => {
      const name = campaignNameOf(lead);
      return name ? [{ tenant, name }] : [];
    }));
    const tenants = [...new Set(items.map(({ tenant }) => tenant))];
    const { ids, now, channels, campaigns, enrichment } = await this.origins.beforeCapture(tx, { count: items.length, tenants, names });
    const codes = new Map(names.map((name, i) => [nameOf(name), campaigns[i]]));
    const unknown = names.filter((_, i) => campaigns[i] === null);
    if (unknown.length > 0) for (const [name, code] of await this.campaigns.codes(tx, unknown)) codes.set(name, code);
    const deciders = await this.tables.deciders(tx, versionsOf(tenants, channels));
    return {
      ids, now, enrichment: versionsOf(tenants, enrichment),
      origins: { channels: deciders, campaign: (tenant, name) => codes.get(nameOf({ tenant, name })) ?? name },
    };
  }
}

const distinct = (names: CampaignName[]): CampaignName[] => [...new Map(names.map((one) => [nameOf(one), one])).values()];

const versionsOf = (tenants: string[], versions: (number | null)[]): Record<string, number> => Object.fromEntries(tenants.flatMap((tenant, i) => {
  const version = versions[i];
  return version === null ? [] : [[tenant, version] as const];
}));
