import type { Context } from '../context';
import { Document, Nested, OneOf, Text } from '../field';
import { ClickIds, Utm } from '../lead';
import { defineRequest } from '../request';
import { ENTRIES, type Channel, type Entry } from '../vocabulary';

/** A tenant's way from UTM, click ids and source to a channel. `version` 0, by nobody: the one that every tenant begins with. */
export interface ChannelTableView { version: number; table: object; created_by: string | null; created_at: string | null }

/** What a submission may say of where it came from. */
export class TryChannelsRequest {
  @Nested(() => Utm) utm?: Utm | null;
  @Nested(() => ClickIds) click_ids?: ClickIds | null;
  @Text(80, { example: 'web' }) source?: string | null;
  @Text(100) campaign?: string | null;
  @OneOf(ENTRIES) entry?: Entry | null;
  @Text(2_000) referrer?: string | null;
  @Text(2_000, { description: 'a referrer of the same site says nothing' }) page_url?: string | null;
  @Document({ description: 'a table to try instead of the one that counts' }) table?: Record<string, unknown> | null;
}

export const GetChannels = defineRequest<{ context: Context; version?: number }, ChannelTableView>('intake', 'get_channels');
export const PutChannels = defineRequest<{ context: Context; table: unknown }, ChannelTableView>('intake', 'put_channels');
export const TryChannels = defineRequest<
  { context: Context; origin: TryChannelsRequest },
  {
    channel: Channel;
    /** null when no rule held */
    rule: string | null;
    /** of the table that was asked; null for one that came along */
    version: number | null;
    /** what the rules saw */
    facts: object;
    /** rules in order, up to the one that held */
    tried: { name: string; held: boolean; because: string }[];
  }
>('intake', 'try_channels');
