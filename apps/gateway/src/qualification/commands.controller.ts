import { Controller, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DisqualifyRequest, MoveLead, MoveRequest, ReopenRequest, type Context, type MoveBody, type MoveCommandName } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { IfMatch } from '../input/if-match';
import { InContext } from '../input/incoming';
import { JsonBody, OptionalJsonBody } from '../input/json-body';
import { PathId } from '../input/parameters';
import { expectationsOf } from '../leads/etag';
import * as examples from './commands.examples';
import { LeadStanding, standingTag, standingView } from './standing';

/** What people do with the status of a lead, besides qualifying and converting it. */
@ApiTags('leads')
@Controller('api/v1/crm/leads/:id')
export class CommandsController {
  constructor(private readonly requester: Requester) {}

  @Post('contact')
  @Requires('leads:write')
  @Returns({
    summary: 'Say that a lead was contacted', data: LeadStanding, headers: ['ETag'], examples: examples.contactLead,
    description: 'Takes a new or nurtured lead to contacted. Logging the attempt says more: how, when, and what came of it.',
  })
  async contactLead(
    @PathId('Lead') id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @OptionalJsonBody(MoveRequest) body: MoveRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.move('contact', 'Lead contacted', { id, context, body, ifMatch, reply });
  }

  @Post('disqualify')
  @Requires('leads:qualify')
  @Returns({
    summary: 'Disqualify a lead', data: LeadStanding, headers: ['ETag'], examples: examples.disqualifyLead,
    description: 'One that is disqualified already gets the new reason.',
  })
  async disqualifyLead(
    @PathId('Lead') id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @JsonBody(DisqualifyRequest) body: DisqualifyRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.move('disqualify', 'Lead disqualified', { id, context, body, ifMatch, reply });
  }

  @Post('reopen')
  @Requires('leads:qualify')
  @Returns({
    summary: 'Reopen a disqualified lead', data: LeadStanding, headers: ['ETag'], examples: examples.reopenLead,
    description: 'It is new again, in its next cycle, with a clock of its own; or contacted, where `target` says so.',
  })
  async reopenLead(
    @PathId('Lead') id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @OptionalJsonBody(ReopenRequest) body: ReopenRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.move('reopen', 'Lead reopened', { id, context, body, ifMatch, reply });
  }

  private async move(
    command: MoveCommandName, message: string,
    { id, context, body, ifMatch, reply }: { id: number; context: Context; body: MoveBody; ifMatch: string | undefined; reply: FastifyReply },
  ) {
    const expected_revision = expectationsOf(ifMatch)('qualification');
    const { qualification } = await this.requester.ask(MoveLead, { context, lead_id: id, command, body, expected_revision });
    void reply.header('etag', standingTag(qualification));
    return { message, data: standingView(qualification) };
  }
}
