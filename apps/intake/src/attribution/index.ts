import { CampaignsStore } from '../store/campaigns.store';
import { ChannelsStore } from '../store/channels.store';
import { DescribeCampaigns1764144080001 } from '../store/migrations/describe-campaigns';
import { ExplainTouches1764144080003 } from '../store/migrations/explain-touches';
import { KeepChannelTables1764144080002 } from '../store/migrations/keep-channel-tables';
import { OriginsStore } from '../store/origins.store';
import { SpendStore } from '../store/spend.store';
import { AttributionController } from './attribution.controller';
import { ChannelTables } from './channel-tables';
import { KeepCampaigns } from './keep-campaigns';
import { KeepChannels } from './keep-channels';
import { KeepSpend } from './keep-spend';
import { ReadOrigins } from './read-origins';

/** Where submissions come from: channels, campaigns and what these cost. */
export const ATTRIBUTION = {
  controllers: [AttributionController],
  providers: [KeepChannels, KeepCampaigns, KeepSpend, ChannelTables, ReadOrigins, ChannelsStore, CampaignsStore, SpendStore, OriginsStore],
  migrations: [DescribeCampaigns1764144080001, KeepChannelTables1764144080002, ExplainTouches1764144080003],
};
