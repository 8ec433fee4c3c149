import { Controller, Delete, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CalendarDate, CHANNELS, DomainError, Integer, ListSpend, OneOf, RecordSpend, RecordSpendRequest, RemoveSpend, Spend, Text, TotalSpend, type Channel, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { inspectJson } from '../input/inspect-json';
import { JsonOrCsv } from '../input/json-or-csv';
import { DEFAULT_LIMIT, type PageParameters, Parameters, PathId } from '../input/parameters';
import { RemovedSpend, SpendOutcome, SpendSum } from './attribution.answers';
import { readSpendCsv } from './read-spend-csv';
import * as examples from './spend.examples';

class SpendParameters {
  @CalendarDate({ description: 'entries that reach to this day or beyond it' }) from?: string;
  @CalendarDate({ description: 'entries that begin on this day or before it' }) to?: string;
  @OneOf(CHANNELS) channel?: Channel;
  @Text(100, { description: 'code or alias' }) campaign?: string;
}

class ListSpendParameters extends SpendParameters implements PageParameters {
  @Integer(1, 200, { description: 'most items of a page; 50 when absent', example: 50 }) limit?: number;
  @Text(1_000, { description: '`meta.next_cursor` of the page before' }) cursor?: string;
}

const MOST_ENTRIES = 1_000;

/** `lines` of a table, for what is said of each. */
interface SentSpend { entries: object[]; lines?: number[] }

function sentInCsv(csv: string): SentSpend {
  const rows = readSpendCsv(csv);
  if (rows.length > MOST_ENTRIES) throw DomainError.invalidField('entries', 'too_many', `entries may have at most ${MOST_ENTRIES} items`);
  const entries = rows.map(({ entry }) => entry);
  inspectJson(entries);
  return { entries, lines: rows.map(({ line }) => line) };
}

const CSV_EXAMPLE = 'campaign,channel,from,to,amount,currency,external_id\nspring-2026,paid_search,2026-03-01,2026-03-31,3100,USD,ads-77\n';

/** What campaigns cost. */
@ApiTags('campaigns')
@Controller('api/v1/crm/campaigns/spend')
export class SpendController {
  constructor(private readonly requester: Requester) {}

  @Post()
  @Requires('campaigns:write')
  @Returns({
    summary: 'Record what campaigns cost', data: SpendOutcome, list: true, status: 200,
    description: 'Up to 1,000 entries, as JSON or as CSV with a row of names, each taken or refused by itself. An entry sent again replaces the one with its '
      + 'external id, else the one of the same campaign, channel and period. Days that another entry of the same campaign and channel has already are refused.',
    examples: examples.recordSpend,
  })
  async recordSpend(@InContext() context: Context, @JsonOrCsv(RecordSpendRequest, sentInCsv, CSV_EXAMPLE) { entries, lines }: SentSpend) {
    const { results } = await this.requester.ask(RecordSpend, { context, entries });
    return { message: 'Spend recorded', data: results.map((result, i) => ({ ...result, ...(lines ? { line: lines[i] } : {}) })) };
  }

  @Get()
  @Requires('leads:read')
  @Returns({ summary: 'List what campaigns cost, the latest entry first', data: Spend, list: true, examples: examples.listSpend })
  async listSpend(@InContext() context: Context, @Parameters(ListSpendParameters) parameters: ListSpendParameters) {
    const { limit = DEFAULT_LIMIT, cursor, ...filter } = parameters;
    const { spend, next_cursor } = await this.requester.ask(ListSpend, { context, filter, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Spend listed', data: spend, meta: { next_cursor } };
  }

  @Get('totals')
  @Requires('leads:read')
  @Returns({ summary: 'Sum up what campaigns cost in some days', data: SpendSum, list: true, examples: examples.totalSpend })
  async totalSpend(@InContext() context: Context, @Parameters(SpendParameters) filter: SpendParameters) {
    const { totals } = await this.requester.ask(TotalSpend, { context, filter });
    return { message: 'Spend summed up', data: totals };
  }

  @Delete(':id')
  @Requires('campaigns:write')
  @Returns({ summary: 'Remove an entry that was wrong', data: RemovedSpend, examples: examples.removeSpend })
  async removeSpend(@PathId('Spend') id: number, @InContext() context: Context) {
    await this.requester.ask(RemoveSpend, { context, id });
    return { message: 'Spend removed', data: { id } };
  }
}
