import { Controller, Get, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ListConsents, ListPendingChanges, SettlePendingChanges, SettlePendingChangesRequest, type Context } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { withWarnings } from '../documents/with-warnings';
import { IfMatch } from '../input/if-match';
import { InContext } from '../input/incoming';
import { OptionalJsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, LimitParameter, Parameters, PathId } from '../input/parameters';
import { etagOf, expectationsOf } from './etag';
import { GatherLead, metaOf } from './gather-lead';
import { Lead } from './lead';
import { leadView } from './lead-view';
import { LeadConsent, LeadPendingChange } from './pending-changes.answers';
import * as examples from './pending-changes.examples';

/** What was sent of a lead and not written, or that matters beyond its present value. */
@ApiTags('leads')
@Controller('api/v1/crm/leads/:id')
export class PendingChangesController {
  constructor(private readonly requester: Requester, private readonly gather: GatherLead) {}

  @Get('pending-changes')
  @Requires('leads:read')
  @Returns({
    summary: 'Read what was sent and waits for a person to accept it', data: LeadPendingChange, list: true, headers: ['ETag'],
    description: 'Values of anonymous senders, of submissions that came late, and for fields that a person edited: they differ from what the lead has.',
    examples: examples.listLeadPendingChanges,
  })
  async listLeadPendingChanges(@PathId('Lead') lead_id: number, @InContext() context: Context, @Res({ passthrough: true }) reply: FastifyReply) {
    const { changes, revision } = await this.requester.ask(ListPendingChanges, { context, lead_id });
    void reply.header('etag', `"i${revision}"`);
    return { message: 'Pending changes listed', data: changes };
  }

  @Post('pending-changes/accept')
  @Requires('leads:write')
  @Returns({
    summary: 'Accept pending changes', data: Lead, status: 200, headers: ['ETag'],
    description: "They are written as a person's edit: no source overwrites them any more.", examples: examples.acceptLeadPendingChanges,
  })
  acceptLeadPendingChanges(
    @PathId('Lead') id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @OptionalJsonBody(SettlePendingChangesRequest) body: SettlePendingChangesRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.settle('accept', { id, context, ifMatch, body, reply });
  }

  @Post('pending-changes/reject')
  @Requires('leads:write')
  @Returns({
    summary: 'Reject pending changes', data: Lead, status: 200, headers: ['ETag'],
    description: 'They are forgotten; the same values are not proposed again.', examples: examples.rejectLeadPendingChanges,
  })
  rejectLeadPendingChanges(
    @PathId('Lead') id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @OptionalJsonBody(SettlePendingChangesRequest) body: SettlePendingChangesRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.settle('reject', { id, context, ifMatch, body, reply });
  }

  @Get('consents')
  @Requires('leads:read')
  @Returns({
    summary: 'Read what a person agreed to and does not want, each time it was said', data: LeadConsent, list: true, examples: examples.listLeadConsents,
    description: 'Newest first. What holds now stands on the lead: no submission takes an opt-out back, only a person does.',
  })
  async listLeadConsents(
    @PathId('Lead') lead_id: number, @InContext() context: Context, @Parameters(LimitParameter) { limit = DEFAULT_LIMIT }: LimitParameter,
  ) {
    const { consents } = await this.requester.ask(ListConsents, { context, lead_id, limit });
    return { message: 'Consents listed', data: consents };
  }

  private async settle(decision: 'accept' | 'reject', { id, context, ifMatch, body, reply }: {
    id: number; context: Context; ifMatch: string | undefined; body: SettlePendingChangesRequest; reply: FastifyReply;
  }) {
    const expected_revision = expectationsOf(ifMatch)('intake');
    const { lead, warnings } = await this.requester.ask(SettlePendingChanges, {
      context, lead_id: id, decision, ...(body.fields ? { fields: body.fields } : {}), ...(expected_revision === undefined ? {} : { expected_revision }),
    });
    const { found, missing } = await this.gather.one(context, id, { intake: lead });
    void reply.header('etag', etagOf(found));
    return withWarnings({
      message: decision === 'accept' ? 'Pending changes accepted' : 'Pending changes rejected', data: leadView(found),
      ...metaOf(missing),
    }, warnings);
  }
}
