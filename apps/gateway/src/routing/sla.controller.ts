import { Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  GetOwners, GetSla, GetSlaPolicies, Ownership, PauseSla, PutSlaPolicies, ResumeSla, SlaClockView, SlaPolicies, SlaPoliciesView, Text, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody, JsonDocument } from '../input/json-body';
import { PathId } from '../input/parameters';
import * as examples from './sla.examples';

class SlaReason {
  @Text(500, { required: true, description: 'kept with the clock, and told in the event', example: 'On a plane until noon' }) reason: string;
}

/** How long leads wait for their first contact, and who had them. */
@ApiTags('routing')
@Controller('api/v1/crm')
export class SlaController {
  constructor(private readonly requester: Requester) {}

  @Get('leads/:id/sla')
  @Requires('leads:read')
  @Returns({
    summary: 'Read by when a lead is to be contacted', data: SlaClockView, list: true, examples: examples.getLeadSla,
    description: 'The newest clock first: a lead has another one since it was opened again, or went to somebody else because nobody had called. None before its first score.',
  })
  async getLeadSla(@PathId('Lead') lead_id: number, @InContext() context: Context) {
    return { message: 'Clocks found', data: (await this.requester.ask(GetSla, { context, lead_id })).clocks };
  }

  @Post('leads/:id/sla/pause')
  @Requires('leads:write')
  @Returns({ summary: 'Pause the clock of a lead', data: SlaClockView, examples: examples.pauseLeadSla })
  async pauseLeadSla(@PathId('Lead') lead_id: number, @InContext() context: Context, @JsonBody(SlaReason) { reason }: SlaReason) {
    return { message: 'Clock paused', data: (await this.requester.ask(PauseSla, { context, lead_id, reason })).clock };
  }

  @Post('leads/:id/sla/resume')
  @Requires('leads:write')
  @Returns({ summary: 'Let the clock of a lead run on', data: SlaClockView, examples: examples.resumeLeadSla })
  async resumeLeadSla(@PathId('Lead') lead_id: number, @InContext() context: Context, @JsonBody(SlaReason) { reason }: SlaReason) {
    return { message: 'Clock resumed', data: (await this.requester.ask(ResumeSla, { context, lead_id, reason })).clock };
  }

  @Get('leads/:id/owners')
  @Requires('leads:read')
  @Returns({ summary: 'Read who had a lead, the newest owner first', data: Ownership, list: true, examples: examples.listLeadOwners })
  async listLeadOwners(@PathId('Lead') lead_id: number, @InContext() context: Context) {
    return { message: 'Owners listed', data: (await this.requester.ask(GetOwners, { context, lead_id })).owners };
  }

  @Get('routing/sla-policies')
  @Requires('routing:admin')
  @Returns({ summary: 'Read within what time leads are to be contacted', data: SlaPoliciesView, examples: examples.getSlaPolicies })
  async getSlaPolicies(@InContext() context: Context) {
    return { message: 'SLA policies found', data: (await this.requester.ask(GetSlaPolicies, { context })).policies };
  }

  @Put('routing/sla-policies')
  @Requires('routing:admin')
  @Returns({
    summary: 'Write a new version of the SLA policies', data: SlaPoliciesView, examples: examples.replaceSlaPolicies,
    description: 'All or nothing. Clocks that run go on as they were started. What may stand in it: docs/sla.md.',
  })
  async replaceSlaPolicies(@InContext() context: Context, @JsonDocument(SlaPolicies) document: object) {
    return { message: 'SLA policies replaced', data: (await this.requester.ask(PutSlaPolicies, { context, document })).policies };
  }
}
