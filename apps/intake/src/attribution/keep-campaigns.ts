import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type Campaign, type Context, type CreateCampaign, type GetCampaign, type ListCampaigns,
  type PatchCampaignRequest, type QuestionOf, type UpdateCampaign,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Queries, type Tx } from '@headwater/platform';
import { campaignKey } from '../domain/campaigns/campaign-name';
import { isDay } from '../domain/campaigns/read-spend';
import { CampaignsStore, type CampaignAlias } from '../store/campaigns.store';

/** What a tenant says of its campaigns. Submissions make them by naming them; nobody removes them. */
@Injectable()
export class KeepCampaigns {
  constructor(private readonly database: Database, private readonly campaigns: CampaignsStore) {}

  async list({ context, filter, cursor, limit }: QuestionOf<typeof ListCampaigns>): Promise<AnswerOf<typeof ListCampaigns>> {
    const { rows, next } = await this.campaigns.list(this.database, context.tenant.id, filter, cursor, limit);
    return { campaigns: rows, next_cursor: next };
  }

  /** By its code or any of its names. @throws DomainError not_found */
  async get({ context, code }: QuestionOf<typeof GetCampaign>): Promise<AnswerOf<typeof GetCampaign>> {
    return { campaign: await this.existing(this.database, context, code) };
  }

  /** @throws DomainError `campaign_exists`, `alias_taken`, or `invalid` for days that are none */
  async create({ context, campaign: { code: written, aliases, ...fields } }: QuestionOf<typeof CreateCampaign>): Promise<AnswerOf<typeof CreateCampaign>> {
    const tenant = context.tenant.id;
    const code = written.trim();
    if (!code) throw DomainError.invalidField('code', 'required', 'code must not be empty');
    checkPeriod(fields);
    return once(this.database, attemptOf(context), async (tx) => {
      await this.campaigns.lockNames(tx, tenant);
      const exists = (known: Campaign) => DomainError.conflict('campaign_exists', `Campaign ${known.code} is there already: change it instead`);
      const known = await this.campaigns.find(tx, tenant, code);
      if (known) throw exists(known);
      await this.campaigns.makeOnFirstUse(tx, [{ tenant, name: code }]);
      const made = await this.existing(tx, context, code);
      if (made.code !== code) throw exists(made); // a submission has named it meanwhile, with other capitals
      await this.campaigns.update(tx, tenant, code, fields);
      await this.rename(tx, tenant, code, aliases ?? []);
      return { campaign: await this.existing(tx, context, code) };
    });
  }

  /** @throws DomainError not_found, `alias_taken`, or `invalid` for days that are none */
  update({ context, code: name, patch: { aliases, ...fields } }: QuestionOf<typeof UpdateCampaign>): Promise<AnswerOf<typeof UpdateCampaign>> {
    return this.database.transaction(async (tx) => {
      const tenant = context.tenant.id;
      await this.campaigns.lockNames(tx, tenant);
      const known = await this.existing(tx, context, name);
      checkPeriod({ ...known, ...fields });
      await this.campaigns.update(tx, tenant, known.code, fields);
      if (aliases !== undefined) await this.rename(tx, tenant, known.code, aliases ?? []);
      return { campaign: await this.existing(tx, context, known.code) };
    });
  }

  /**
   * The names of an archived campaign may be taken over: what is said under them from now on is the new one's, what was said
   * before stays the archived one's.
   */
  private async rename(tx: Tx, tenant: string, code: string, names: string[]): Promise<void> {
    const own = campaignKey(code);
    const wanted = new Map(names.filter((name) => name.trim()).map((name) => [campaignKey(name), name.trim()]));
    wanted.delete(own);
    const holders = await this.campaigns.holders(tx, tenant, [own, ...wanted.keys()]);
    const others = holders.filter((holder) => holder.code !== code);
    const taken = others.find(({ key, status }) => key !== own && status !== 'archived');
    if (taken) {
      throw DomainError.conflict('alias_taken', `"${taken.name}" is what campaign ${taken.code} is called: archive that one first, or choose another name`);
    }
    const aliases: Omit<CampaignAlias, 'code'>[] = [...wanted].map(([key, name]) => ({ key, name, own: false }));
    if (!others.some(({ key }) => key === own)) aliases.push({ key: own, name: code, own: true });
    await this.campaigns.replaceAliases(tx, tenant, code, aliases);
  }

  private async existing(queries: Queries, { tenant }: Context, name: string): Promise<Campaign> {
    const found = await this.campaigns.find(queries, tenant.id, name);
    if (!found) throw DomainError.notFound('Campaign');
    return found;
  }
}

function checkPeriod({ starts_on, ends_on }: Pick<PatchCampaignRequest, 'starts_on' | 'ends_on'>): void {
  for (const [field, day] of [['starts_on', starts_on], ['ends_on', ends_on]] as const) {
    if (day != null && !isDay(day)) throw DomainError.invalidField(field, 'wrong_format', `${field}: the calendar has no ${day}`);
  }
  if (starts_on != null && ends_on != null && ends_on < starts_on) {
    throw DomainError.invalidField('ends_on', 'reversed_period', 'ends_on must not be before starts_on');
  }
}
