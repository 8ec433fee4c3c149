import { Injectable } from '@nestjs/common';
import {
  DomainError, SOURCES, type AnswerOf, type ChannelTableView, type GetChannels, type PutChannels, type QuestionOf, type TryChannels,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { compileValidator, Database } from '@headwater/platform';
import { channelFacts } from '../domain/channels/channel-facts';
import { ChannelTable } from '../domain/channels/channel-table';
import { checkChannels } from '../domain/channels/check-channels';
import { tryChannels } from '../domain/channels/decide-channel';
import { DEFAULT_CHANNELS } from '../domain/channels/default-channels';
import { pick } from '../domain/picklist';
import { CampaignsStore, nameOf } from '../store/campaigns.store';
import { ChannelsStore } from '../store/channels.store';

const shapeOf = compileValidator(ChannelTable, { closed: true });

/** How a tenant tells marketing's channels apart. */
@Injectable()
export class KeepChannels {
  constructor(private readonly database: Database, private readonly channels: ChannelsStore, private readonly campaigns: CampaignsStore) {}

  /** @param version of a former one; 0 of the one that every tenant begins with. @throws DomainError not_found */
  async get({ context, version }: QuestionOf<typeof GetChannels>): Promise<ChannelTableView> {
    const stored = version === 0 ? null : await this.channels.find(this.database, context.tenant.id, version);
    if (!stored && version) throw DomainError.notFound('Channel table');
    return stored ?? { version: 0, table: DEFAULT_CHANNELS, created_by: null, created_at: null };
  }

  /** Writes the document as the next version, which counts from the next submission on. @throws DomainError `invalid` with every problem in it */
  async put({ context, table }: QuestionOf<typeof PutChannels>): Promise<ChannelTableView> {
    const tenant = context.tenant.id;
    const checked = parseTable(table);
    return once(this.database, attemptOf(context),
      (tx) => this.channels.add(tx, tenant, checked, context.actor.name ?? context.actor.id));
  }

  /** What a submission with these values would be counted for, and by which rule; by a table that isn't stored yet, too. */
  async try({ context, origin: { table, source, campaign, ...origin } }: QuestionOf<typeof TryChannels>): Promise<AnswerOf<typeof TryChannels>> {
    const { tenant } = context;
    const versioned = table ? { version: 0, table: parseTable(table) } : await this.get({ context }) as { version: number; table: ChannelTable };
    const named = campaign?.trim() || origin.utm?.campaign?.trim();
    const codes = await this.campaigns.knownCodes(this.database, named ? [{ tenant: tenant.id, name: named }] : []);
    const facts = channelFacts({
      ...origin,
      source: pick(source, [...SOURCES, ...tenant.picklists.sources]).value,
      campaign: named ? codes.get(nameOf({ tenant: tenant.id, name: named })) ?? named : null,
    });
    const decision = tryChannels(versioned, facts);
    return { ...decision, version: table ? null : decision.version, facts };
  }
}

/** @throws DomainError `invalid` with the path of everything that is wrong (at most 50) */
function parseTable(document: unknown): ChannelTable {
  const table = shapeOf(document);
  const errors = checkChannels(table);
  if (errors.length > 0) throw DomainError.invalid(errors);
  return table;
}
