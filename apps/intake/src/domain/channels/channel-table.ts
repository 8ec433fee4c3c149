import { CHANNELS, Document, NestedList, OneOf, Text, type Channel } from '@headwater/contracts';
import type { Condition, FieldCatalogue } from '@headwater/rules';

const MOST_RULES = 200;

export class ChannelRule {
  @Text(100, { required: true, description: 'stands with each touch that it decided' }) name: string;
  @Document({ required: true, description: 'a condition over the channel fields' }) when: Condition;
  @OneOf(CHANNELS, { required: true }) channel: Channel;
}

/** From what came with a submission to marketing's channel: the first rule that holds decides. */
export class ChannelTable {
  @NestedList(() => ChannelRule, MOST_RULES, { required: true, description: 'the first that holds decides' }) rules: ChannelRule[];
  @OneOf(CHANNELS, { required: true, description: 'where no rule holds' }) otherwise: Channel;
}

/** A table as one of its versions; 0 is the one that every tenant begins with. */
export interface VersionedTable { version: number; table: ChannelTable }

/** The fields that a rule may ask for. */
export const CHANNEL_FIELDS: FieldCatalogue = {
  'utm.source': 'text',
  'utm.medium': 'text',
  'utm.campaign': 'text',
  click_ids: 'text_list',
  source: 'text',
  campaign: 'text',
  entry: 'text',
  'referrer.host': 'text',
  'referrer.domain': 'text',
  'referrer.site': 'text',
};
