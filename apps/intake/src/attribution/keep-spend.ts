import { Injectable } from '@nestjs/common';
import {
  DomainError, SpendRequest, type AnswerOf, type Campaign, type Context, type FieldError, type ListSpend, type QuestionOf, type RecordSpend,
  type RemoveSpend, type SpendFilter, type SpendResult, type TotalSpend,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { compileValidator, Database, type Tx } from '@headwater/platform';
import { planSpend, type SpendEntry, type SpendOutcome } from '../domain/campaigns/plan-spend';
import { isDay, readSpend, type SpendReading } from '../domain/campaigns/read-spend';
import { CampaignsStore, nameOf } from '../store/campaigns.store';
import { SpendStore } from '../store/spend.store';

const MOST_ENTRIES = 1_000;
const MOST_TOTALS = 5_000;
const shapeOf = compileValidator(SpendRequest, { closed: true });

/** What a tenant's campaigns cost. */
@Injectable()
export class KeepSpend {
  constructor(private readonly database: Database, private readonly campaigns: CampaignsStore, private readonly spend: SpendStore) {}

  /**
   * Each entry by itself: one that is wrong is refused with its errors, the others are stored.
   * @throws DomainError `too_many` entries
   */
  record({ context, entries }: QuestionOf<typeof RecordSpend>): Promise<AnswerOf<typeof RecordSpend>> {
    if (entries.length > MOST_ENTRIES) throw DomainError.invalidField('entries', 'too_many', `entries may have at most ${MOST_ENTRIES} items`);
    const tenant = context.tenant.id;
    return once(this.database, attemptOf(context), async (tx) => {
      await this.spend.lock(tx, tenant);
      return { results: await this.store(tx, context, entries.map(readingOf)) };
    });
  }

  async list({ context, filter, cursor, limit }: QuestionOf<typeof ListSpend>): Promise<AnswerOf<typeof ListSpend>> {
    const { rows, next } = await this.spend.list(this.database, context.tenant.id, await this.read(context, filter), cursor, limit);
    return { spend: rows, next_cursor: next };
  }

  /** @throws DomainError `too_many`, rather than to leave some out */
  async total({ context, filter }: QuestionOf<typeof TotalSpend>): Promise<AnswerOf<typeof TotalSpend>> {
    const totals = await this.spend.totals(this.database, context.tenant.id, await this.read(context, filter), MOST_TOTALS + 1);
    if (totals.length > MOST_TOTALS) {
      throw DomainError.invalidField('campaign', 'too_many', `These are more than ${MOST_TOTALS} totals: ask for a campaign, a channel or fewer days`);
    }
    return { totals };
  }

  /** @throws DomainError not_found */
  async remove({ context, id }: QuestionOf<typeof RemoveSpend>): Promise<AnswerOf<typeof RemoveSpend>> {
    if (!await this.spend.remove(this.database, context.tenant.id, id)) throw DomainError.notFound('Spend');
    return {};
  }

  private async store(tx: Tx, context: Context, readings: (SpendReading | FieldError[])[]): Promise<SpendResult[]> {
    const entries = await this.entriesOf(tx, context, readings);
    const good = entries.filter(isEntry);
    const outcomes = planSpend(good, await this.spend.meeting(tx, context.tenant.id, good));
    const rows = new Set(outcomes.flatMap((outcome) => (outcome.verdict === 'created' || outcome.verdict === 'updated' ? [outcome.row] : [])));
    const fresh = [...rows].filter(({ id }) => id === null);
    const ids = await this.spend.ids(tx, fresh.length);
    fresh.forEach((row, i) => { row.id = ids[i]; });
    await this.spend.save(tx, context.tenant.id, [...rows], context.actor.id);
    const byEntry = new Map(good.map((entry, i) => [entry, outcomes[i]]));
    return entries.map((entry) => (isEntry(entry) ? resultOf(byEntry.get(entry) as SpendOutcome) : { verdict: 'refused', id: null, errors: entry }));
  }

  /** With their campaigns, which say what an entry doesn't. */
  private async entriesOf(tx: Tx, { tenant }: Context, readings: (SpendReading | FieldError[])[]): Promise<(SpendEntry | FieldError[])[]> {
    const nameIn = ({ campaign }: SpendReading) => ({ tenant: tenant.id, name: campaign });
    const codes = await this.campaigns.codes(tx, readings.filter(isEntry).map(nameIn));
    const campaigns = new Map((await this.campaigns.byCodes(tx, tenant.id, [...codes.values()])).map((campaign) => [campaign.code, campaign]));
    return readings.map((reading) => {
      if (!isEntry(reading)) return reading;
      return entryOf(reading, campaigns.get(codes.get(nameOf(nameIn(reading))) as string) as Campaign, tenant.currency);
    });
  }

  /** A campaign may be asked for by any of its names. @throws DomainError for days that are none */
  private async read({ tenant }: Context, { campaign, ...filter }: SpendFilter): Promise<Omit<SpendFilter, 'campaign'> & { code?: string }> {
    for (const field of ['from', 'to'] as const) {
      const day = filter[field];
      if (day !== undefined && !isDay(day)) throw DomainError.invalidField(field, 'wrong_format', `${field}: the calendar has no ${day}`);
    }
    if (filter.from !== undefined && filter.to !== undefined && filter.to < filter.from) {
      throw DomainError.invalidField('to', 'reversed_period', 'to must not be before from');
    }
    if (campaign === undefined) return filter;
    const codes = await this.campaigns.knownCodes(this.database, [{ tenant: tenant.id, name: campaign }]);
    return { ...filter, code: codes.get(nameOf({ tenant: tenant.id, name: campaign })) ?? campaign };
  }
}

const isEntry = <Entry extends object>(entry: Entry | FieldError[]): entry is Entry => !Array.isArray(entry);

const resultOf = (outcome: SpendOutcome): SpendResult =>
  (outcome.verdict === 'refused' ? { verdict: 'refused', id: null, errors: [outcome.error] } : { verdict: outcome.verdict, id: outcome.row.id });

function readingOf(sent: unknown): SpendReading | FieldError[] {
  try {
    return readSpend(shapeOf(sent));
  } catch (error) {
    if (error instanceof DomainError && error.body.errors) return error.body.errors;
    throw error;
  }
}

function entryOf({ campaign: _, channel, currency, ...reading }: SpendReading, campaign: Campaign, tenantCurrency: string): SpendEntry | FieldError[] {
  const counted = channel ?? campaign.channel;
  if (!counted) return [{ field: 'channel', code: 'required', detail: `channel is required: campaign ${campaign.code} has none of its own` }];
  return { ...reading, campaign_id: campaign.id, channel: counted, currency: currency ?? campaign.currency ?? tenantCurrency };
}
