import { Controller, Delete, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CalendarDate, CHANNELS, Integer, ListSpend, OneOf, RecordSpend, RecordSpendRequest, RemoveSpend, Spend, Text, TotalSpend, type Channel, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, type PageParameters, Parameters, PathId } from '../input/parameters';
import { RemovedSpend, SpendOutcome, SpendSum } from './attribution.answers';
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

/** What campaigns cost. */
@ApiTags('campaigns')
@Controller('api/v1/crm/campaigns/spend')
export class SpendController {
  constructor(private readonly requester: Requester) {}

  @Post()
  @Requires('campaigns:write')
  @Returns({
    summary: 'Record what campaigns cost', data: SpendOutcome, list: true, status: 200,
    description: 'Up to 1,000 entries, each taken or refused by itself. An entry sent again replaces the one with its external id, else the one of the same '
      + 'campaign, channel and period. Days that another entry of the same campaign and channel has already are refused.',
    examples: examples.recordSpend,
  })
  async recordSpend(@InContext() context: Context, @JsonBody(RecordSpendRequest) { entries }: RecordSpendRequest) {
    const { results } = await this.requester.ask(RecordSpend, { context, entries });
    return { message: 'Spend recorded', data: results };
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
