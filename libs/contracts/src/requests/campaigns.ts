import type { Context } from '../context';
import type { FieldError } from '../domain-error';
import { CalendarDate, Documents, Id, Instant, Money, OneOf, Pattern, Text, Texts } from '../field';
import { defineRequest } from '../request';
import { CHANNELS, type Channel } from '../vocabulary';

/** `archived`: out of sight, and still known: its leads, its touches and what it cost stay. */
export const CAMPAIGN_STATUSES = ['planned', 'active', 'finished', 'archived'] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

const CURRENCY = /^[A-Z]{3}$/;

/** Body of `PATCH /campaigns/{code}`. Null empties a field; aliases are replaced. */
export class PatchCampaignRequest {
  @Text(200, { example: 'Spring webinars 2026' }) name?: string | null;
  @OneOf(CAMPAIGN_STATUSES, { description: 'active when absent' }) status?: CampaignStatus | null;
  @OneOf(CHANNELS, { description: 'what its spend counts for where nothing else is said' }) channel?: Channel | null;
  @CalendarDate({ example: '2026-03-01' }) starts_on?: string | null;
  @CalendarDate({ example: '2026-05-31', description: 'the last day' }) ends_on?: string | null;
  @Money({ example: 20_000 }) budget?: number | null;
  @Pattern(CURRENCY, 3, { description: "of budget and spend, ISO 4217; the tenant's when absent", example: 'USD' }) currency?: string | null;
  @Texts(100, 100, { description: 'what `utm_campaign` and senders call it besides its code, capitals aside', example: ['spring_webinar'] })
  aliases?: string[] | null;
}

/** Body of `POST /campaigns`. */
export class CreateCampaignRequest extends PatchCampaignRequest {
  @Text(100, { required: true, example: 'spring-2026', description: 'capitals are kept, and tell no two campaigns apart' }) code: string;
}

/** A campaign. One that a submission named first has nothing but its code. */
export class Campaign {
  @Id({ required: true }) id: number;
  @Text(100, { required: true, example: 'spring-2026' }) code: string;
  @Text(200) name?: string | null;
  @OneOf(CAMPAIGN_STATUSES, { required: true }) status: CampaignStatus;
  @OneOf(CHANNELS) channel?: Channel | null;
  @CalendarDate() starts_on?: string | null;
  @CalendarDate() ends_on?: string | null;
  @Money() budget?: number | null;
  @Pattern(CURRENCY, 3) currency?: string | null;
  @Texts(100, 100, { required: true }) aliases: string[];
  @Instant({ required: true }) created_at: string;
  @Instant({ required: true }) updated_at: string;
}

/** What a channel of a campaign cost in some days. */
export class SpendRequest {
  @Text(100, { required: true, example: 'spring-2026', description: 'code or alias; created on first use' }) campaign: string;
  @OneOf(CHANNELS, { description: "the campaign's when absent" }) channel?: Channel | null;
  @CalendarDate({ required: true, example: '2026-03-01' }) from: string;
  @CalendarDate({ example: '2026-03-07', description: 'the last day; that of `from` when absent' }) to?: string | null;
  @Money({ required: true, example: 1_250.5 }) amount: number;
  @Pattern(CURRENCY, 3, { description: "the campaign's when absent, else the tenant's" }) currency?: string | null;
  @Text(200, { description: "the sender's own id of this entry: sent again, it replaces it" }) external_id?: string | null;
}

/** Body of `POST /campaigns/spend`. Each entry is checked by itself. */
export class RecordSpendRequest {
  @Documents(1_000, { required: true, description: 'campaign, channel, from, to, amount, currency, external_id' }) entries: object[];
}

/** A stored entry of spend. */
export class Spend {
  @Id({ required: true }) id: number;
  @Text(100, { required: true }) campaign: string;
  @OneOf(CHANNELS, { required: true }) channel: Channel;
  @CalendarDate({ required: true }) from: string;
  @CalendarDate({ required: true }) to: string;
  @Money({ required: true }) amount: number;
  @Pattern(CURRENCY, 3, { required: true }) currency: string;
  @Text(200) external_id?: string | null;
  @Instant({ required: true }) updated_at: string;
}

export const SPEND_VERDICTS = ['created', 'updated', 'unchanged', 'refused'] as const;
export type SpendVerdict = (typeof SPEND_VERDICTS)[number];

/** What became of one entry of many; in their order. */
export interface SpendResult {
  verdict: SpendVerdict;
  /** null where it was refused */
  id: number | null;
  errors?: FieldError[];
}

/** What was spent within some days: entries that reach over their ends count by the day. */
export interface SpendTotal {
  campaign: string;
  channel: Channel;
  currency: string;
  amount: number;
  /** days of the asked-for ones that some entry covers */
  days: number;
}

export interface CampaignFilter { status?: CampaignStatus; channel?: Channel; search?: string }
export interface SpendFilter { from?: string; to?: string; channel?: Channel; campaign?: string }

export const ListCampaigns = defineRequest<
  { context: Context; filter: CampaignFilter; cursor?: string; limit: number }, { campaigns: Campaign[]; next_cursor: string | null }
>('intake', 'list_campaigns');
export const GetCampaign = defineRequest<{ context: Context; code: string }, { campaign: Campaign }>('intake', 'get_campaign');
export const CreateCampaign = defineRequest<{ context: Context; campaign: CreateCampaignRequest }, { campaign: Campaign }>('intake', 'create_campaign');
export const UpdateCampaign =
  defineRequest<{ context: Context; code: string; patch: PatchCampaignRequest }, { campaign: Campaign }>('intake', 'update_campaign');

/** Entries as they came: each is checked by itself, and none takes the others with it. */
export const RecordSpend = defineRequest<{ context: Context; entries: unknown[] }, { results: SpendResult[] }>('intake', 'record_spend');
export const ListSpend = defineRequest<
  { context: Context; filter: SpendFilter; cursor?: string; limit: number }, { spend: Spend[]; next_cursor: string | null }
>('intake', 'list_spend');
export const TotalSpend = defineRequest<{ context: Context; filter: SpendFilter }, { totals: SpendTotal[] }>('intake', 'total_spend');
export const RemoveSpend = defineRequest<{ context: Context; id: number }, Record<string, never>>('intake', 'remove_spend');
