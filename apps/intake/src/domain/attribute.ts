import { SOURCES, type Attribution, type CaptureItem, type CreateLead, type TenantSettings } from '@headwater/contracts';
import { ChannelDecider } from './channels/decide-channel';
import { DEFAULT_CHANNELS } from './channels/default-channels';
import { pick } from './picklist';

/** What tenants say of where submissions come from. */
export interface Origins {
  channels(tenant: string): ChannelDecider;
  /** code of the campaign that is called so */
  campaign(tenant: string, name: string): string;
}

/** Where a submission came from, and how that was found out. */
export interface Attributed {
  attribution: Attribution;
  /** what the campaign was called, where that isn't its code */
  campaignRaw: string | null;
  /** the rule that decided the channel, null when none did, and the version of its table */
  channelRule: string | null;
  channelVersion: number;
}

const decider = new ChannelDecider({ version: 0, table: DEFAULT_CHANNELS });
/** For a tenant that has said nothing. */
export const NOTHING_SAID: Origins = { channels: () => decider, campaign: (_, name) => name };

/** What a submission calls its campaign: the sender's word, else the link's. */
export const campaignNameOf = ({ campaign, utm }: CreateLead): string | null => campaign?.trim() || utm?.campaign?.trim() || null;

export function attribute({ lead, entry, tenant, routing_hint, entry_status }: CaptureItem, { picklists }: TenantSettings, origins: Origins): Attributed {
  const source = pick(lead.source, [...SOURCES, ...picklists.sources]);
  const name = campaignNameOf(lead);
  const campaign = name && origins.campaign(tenant, name);
  const { channel, rule, version } = origins.channels(tenant).decide({ ...lead, entry, source: source.value, campaign });
  return {
    attribution: {
      source: source.value, source_raw: source.raw, channel, entry, campaign, ...(routing_hint ? { routing_hint } : {}), ...(entry_status ? { entry_status } : {}),
    },
    campaignRaw: name === campaign ? null : name,
    channelRule: rule,
    channelVersion: version,
  };
}
