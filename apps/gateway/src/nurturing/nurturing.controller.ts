import { Controller, Get, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  GetNurtureRules, GetNurturing, Nested, NurtureBody, NurtureEnrolment, NurtureLead, NurtureRules, NurtureRulesView, PutNurtureRules, ReengageBody,
  ReengageLead, type AnswerOf, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { IfMatch } from '../input/if-match';
import { InContext } from '../input/incoming';
import { JsonDocument, OptionalJsonBody } from '../input/json-body';
import { PathId } from '../input/parameters';
import { expectationsOf } from '../leads/etag';
import { LeadStanding, standingTag, standingView } from '../qualification/standing';
import * as examples from './nurturing.examples';

class NurturedLead extends LeadStanding {
  @Nested(() => NurtureEnrolment, { description: 'null: it never was nurtured' }) enrolment?: NurtureEnrolment | null;
}

/** Leads that are not ready. */
@ApiTags('leads')
@Controller('api/v1/crm')
export class NurturingController {
  constructor(private readonly requester: Requester) {}

  @Post('leads/:id/nurture')
  @Requires('leads:write')
  @Returns({
    summary: 'Nurture a lead, or change how it is nurtured', data: NurturedLead, headers: ['ETag'], examples: examples.nurtureLead,
    description: 'It comes back on its recycle date, or when one of the exits of the nurture rules holds. What may stand in those: docs/nurturing.md.',
  })
  async nurtureLead(
    @PathId('Lead') lead_id: number, @InContext() context: Context, @OptionalJsonBody(NurtureBody) body: NurtureBody, @IfMatch() ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.requester.ask(NurtureLead, { context, lead_id, body, expected_revision: expectationsOf(ifMatch)('qualification') });
    return answered('Lead is nurtured', answer, reply);
  }

  @Post('leads/:id/reengage')
  @Requires('leads:write')
  @Returns({
    summary: 'Take up a lead again that is nurtured or disqualified', data: NurturedLead, headers: ['ETag'], examples: examples.reengageLead,
    description: 'It is contacted from then on; the owner stays.',
  })
  async reengageLead(
    @PathId('Lead') lead_id: number, @InContext() context: Context, @OptionalJsonBody(ReengageBody) body: ReengageBody, @IfMatch() ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.requester.ask(ReengageLead, { context, lead_id, body, expected_revision: expectationsOf(ifMatch)('qualification') });
    return answered('Lead re-engaged', answer, reply);
  }

  @Get('leads/:id/nurturing')
  @Requires('leads:read')
  @Returns({
    summary: 'List the times that a lead was nurtured', data: NurtureEnrolment, list: true, examples: examples.listLeadNurturing,
    description: 'The newest first, at most 50: since when, in which stage, and what brought it back.',
  })
  async listLeadNurturing(@PathId('Lead') lead_id: number, @InContext() context: Context) {
    return { message: 'Enrolments listed', data: (await this.requester.ask(GetNurturing, { context, lead_id })).enrolments };
  }

  @Get('qualification/nurture-rules')
  @Requires('admin')
  @Returns({ summary: 'Read what enrols leads to be nurtured, and what brings them back', data: NurtureRulesView, examples: examples.getNurtureRules })
  async getNurtureRules(@InContext() context: Context) {
    return { message: 'Nurture rules found', data: (await this.requester.ask(GetNurtureRules, { context })).rules };
  }

  @Put('qualification/nurture-rules')
  @Requires('admin')
  @Returns({
    summary: 'Write a new version of the nurture rules', data: NurtureRulesView, examples: examples.replaceNurtureRules,
    description: 'All or nothing. Conditions count at once, for all leads; each enrolment keeps the days that it began with. What may stand in it: docs/nurturing.md.',
  })
  async replaceNurtureRules(@InContext() context: Context, @JsonDocument(NurtureRules) document: object) {
    return { message: 'Nurture rules replaced', data: (await this.requester.ask(PutNurtureRules, { context, document })).rules };
  }
}

function answered(message: string, { qualification, enrolment }: AnswerOf<typeof NurtureLead>, reply: FastifyReply): { message: string; data: NurturedLead } {
  void reply.header('etag', standingTag(qualification));
  return { message, data: { ...standingView(qualification), enrolment } };
}
