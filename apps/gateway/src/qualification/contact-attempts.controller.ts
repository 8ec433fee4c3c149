import { Controller, Get, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ContactAttempt, ContactAttemptRequest, ListContactAttempts, LogContactAttempt, type Context } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { IfMatch } from '../input/if-match';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import { expectationsOf } from '../leads/etag';
import * as examples from './contact-attempts.examples';
import { LoggedAttempt, standingTag, standingView } from './standing';

/** How a lead was tried to be reached. */
@ApiTags('leads')
@Controller('api/v1/crm/leads/:id/contact-attempts')
export class ContactAttemptsController {
  constructor(private readonly requester: Requester) {}

  @Post()
  @Requires('leads:write')
  @Returns({
    summary: 'Log an attempt to reach a lead', data: LoggedAttempt, status: 201, headers: ['ETag'], examples: examples.logContactAttempt,
    description: 'The first outbound or successful one takes a new lead to contacted, and ends the clock of its first response, at the time of the attempt. '
      + 'After three failures in a row `lead.contact_attempts.suggestion` says so; a tenant may have the lead disqualified instead.',
  })
  async logContactAttempt(
    @PathId('Lead') lead_id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @JsonBody(ContactAttemptRequest) attempt: ContactAttemptRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const expected_revision = expectationsOf(ifMatch)('qualification');
    const logged = await this.requester.ask(LogContactAttempt, { context, lead_id, attempt, expected_revision });
    void reply.header('etag', standingTag(logged.qualification));
    return { message: 'Contact attempt logged', data: { ...logged.attempt, lead: standingView(logged.qualification) } };
  }

  @Get()
  @Requires('leads:read')
  @Returns({ summary: 'Read how a lead was tried to be reached, the last logged first', data: ContactAttempt, list: true, examples: examples.listContactAttempts })
  async listContactAttempts(
    @PathId('Lead') lead_id: number, @InContext() context: Context,
    @Parameters(PageParameters) { limit = DEFAULT_LIMIT, cursor }: PageParameters,
  ) {
    const { attempts, next_cursor } = await this.requester.ask(ListContactAttempts, { context, lead_id, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Contact attempts listed', data: attempts, meta: { next_cursor } };
  }
}
