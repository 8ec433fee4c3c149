import { Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { v4 as uuid } from 'uuid';
import {
  ClaimLead, ClaimLeadRequest, ListQueue, QueuedLead, RoutedAgain, RouteLead, RoutingState, Text, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { OptionalJsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import * as examples from './queue.examples';

class ListQueueParameters extends PageParameters {
  @Text(100, { description: 'one that rules name; all when absent' }) queue?: string;
}

/** Leads that nobody has. */
@ApiTags('routing')
@Controller('api/v1/crm')
export class QueueController {
  constructor(private readonly requester: Requester) {}

  @Get('routing/queue')
  @Requires('leads:read')
  @Returns({
    summary: 'List leads that wait for somebody to claim them, the oldest first', data: QueuedLead, list: true, examples: examples.listQueue,
  })
  async listQueue(@InContext() context: Context, @Parameters(ListQueueParameters) { limit = DEFAULT_LIMIT, cursor, queue }: ListQueueParameters) {
    const { leads, next_cursor } = await this.requester.ask(ListQueue, { context, limit, ...(cursor ? { cursor } : {}), ...(queue ? { queue } : {}) });
    return { message: 'Queue listed', data: leads, meta: { next_cursor } };
  }

  @Post('leads/:id/claim')
  @Requires('leads:write')
  @Returns({
    summary: 'Take a lead that nobody has', data: RoutingState, examples: examples.claimLead,
    description: 'The caller has to be a rep, or with the scope routing:admin name one: active, not on leave, below the caps, and of a team or role that may '
      + 'claim from that queue. Of two at once one gets it.',
  })
  async claimLead(@PathId('Lead') lead_id: number, @InContext() context: Context, @OptionalJsonBody(ClaimLeadRequest) { rep_id }: ClaimLeadRequest) {
    const { assignment } = await this.requester.ask(ClaimLead, { context, command_id: uuid(), lead_id, ...(rep_id ? { rep_id } : {}) });
    return { message: 'Lead claimed', data: assignment };
  }

  @Post('leads/:id/route')
  @Requires('routing:admin')
  @Returns({
    summary: 'Let the rules have their say about a lead again', data: RoutedAgain, examples: examples.routeLead,
    description: 'A lead for which they find nobody keeps the owner that it has.',
  })
  async routeLead(@PathId('Lead') lead_id: number, @InContext() context: Context) {
    return { message: 'Lead routed', data: await this.requester.ask(RouteLead, { context, command_id: uuid(), lead_id }) };
  }
}
