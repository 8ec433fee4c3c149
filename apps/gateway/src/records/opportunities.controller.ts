import { Controller, Get, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  ATTRIBUTION_MODELS, CalendarDate, ContactRoles, ContactRolesRequest, CreateOpportunity, CreateOpportunityRequest, Flag, GetAttribution, GetContactRoles,
  GetOpportunity, Id, ListOpportunities, ListStageChanges, OneOf, Opportunity, OPPORTUNITY_SORTS, OpportunityAttribution, PatchOpportunityRequest, PutContactRoles, StageChange, STAGES, Text,
  UpdateOpportunity, type AttributionModelName, type Context, type OpportunitySort, type Stage,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { withWarnings } from '../documents/with-warnings';
import { IfMatch } from '../input/if-match';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import { tag, versionIn } from './etag';
import * as examples from './opportunities.examples';

class ListOpportunitiesParameters extends PageParameters {
  @OneOf(OPPORTUNITY_SORTS, { description: 'newest first when absent' }) sort?: OpportunitySort;
  @Id() customer_id?: number;
  @Id() account_id?: number;
  @Id({ description: 'somebody who has a role in it' }) contact_id?: number;
  @Id({ description: 'id of the rep' }) owner_id?: number;
  @Id() lead_id?: number;
  @OneOf(STAGES) stage?: Stage;
  @Flag({ description: 'whether it is neither won nor lost' }) open?: boolean;
  @CalendarDate({ description: 'the first day on which it is expected to close' }) closes_from?: string;
  @CalendarDate({ description: 'the last day' }) closes_to?: string;
  @Text(60) tag?: string;
}

class AttributionParameters {
  @OneOf(ATTRIBUTION_MODELS, { description: 'linear when absent' }) model?: AttributionModelName;
}

@ApiTags('opportunities')
@Controller('api/v1/crm/opportunities')
export class OpportunitiesController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @Requires('opportunities:read')
  @Returns({ summary: 'List opportunities', data: Opportunity, list: true, examples: examples.listOpportunities })
  async listOpportunities(@InContext() context: Context, @Parameters(ListOpportunitiesParameters) parameters: ListOpportunitiesParameters) {
    const { limit = DEFAULT_LIMIT, cursor, sort = '-id', ...filter } = parameters;
    const { opportunities, next_cursor } = await this.requester.ask(ListOpportunities, { context, filter, sort, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Opportunities listed', data: opportunities, meta: { next_cursor } };
  }

  @Post()
  @Requires('opportunities:write')
  @Returns({
    summary: 'Create an opportunity of a customer', data: Opportunity, status: 201, headers: ['Location', 'ETag'], examples: examples.createOpportunity,
  })
  async createOpportunity(
    @InContext() context: Context, @JsonBody(CreateOpportunityRequest) body: CreateOpportunityRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { opportunity, version, warnings } = await this.requester.ask(CreateOpportunity, { context, body });
    void reply.header('location', `/api/v1/crm/opportunities/${opportunity.id}`);
    tag(reply, version);
    return withWarnings({ message: 'Opportunity created', data: opportunity }, warnings);
  }

  @Get(':id')
  @Requires('opportunities:read')
  @Returns({ summary: 'Read an opportunity', data: Opportunity, headers: ['ETag'], examples: examples.getOpportunity })
  async getOpportunity(@PathId('Opportunity') id: number, @InContext() context: Context, @Res({ passthrough: true }) reply: FastifyReply) {
    const { opportunity, version } = await this.requester.ask(GetOpportunity, { context, id });
    tag(reply, version);
    return { message: 'Opportunity found', data: opportunity };
  }

  @Patch(':id')
  @Requires('opportunities:write')
  @Returns({
    summary: 'Change, win, lose or reopen an opportunity', data: Opportunity, headers: ['ETag'],
    description: 'The stage `closed_won` wins it, with the amount that it has or is given; `closed_lost` loses it, for a `lost_reason`; a stage before these opens it '
      + 'again. While it is closed, amount, currency, probability and close date stay. Absent fields stay, null empties, `custom_fields` are merged by key, `tags` '
      + 'replaced, notes appended.',
    examples: examples.updateOpportunity,
  })
  async updateOpportunity(
    @PathId('Opportunity') id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @JsonBody(PatchOpportunityRequest) patch: PatchOpportunityRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { opportunity, version, warnings } = await this.requester.ask(UpdateOpportunity, { context, id, patch, ...versionIn(ifMatch) });
    tag(reply, version);
    return withWarnings({ message: 'Opportunity updated', data: opportunity }, warnings);
  }

  @Get(':id/stages')
  @Requires('opportunities:read')
  @Returns({ summary: 'List the stages of an opportunity, from its making on', data: StageChange, list: true, examples: examples.listOpportunityStages })
  async listOpportunityStages(@PathId('Opportunity') id: number, @InContext() context: Context) {
    const { changes } = await this.requester.ask(ListStageChanges, { context, id });
    return { message: 'Stages listed', data: changes };
  }

  @Get(':id/contact-roles')
  @Requires('opportunities:read')
  @Returns({ summary: 'Read who has a say in an opportunity', data: ContactRoles, headers: ['ETag'], examples: examples.getContactRoles })
  async getContactRoles(@PathId('Opportunity') id: number, @InContext() context: Context, @Res({ passthrough: true }) reply: FastifyReply) {
    const { contacts, version } = await this.requester.ask(GetContactRoles, { context, id });
    tag(reply, version);
    return { message: 'Contact roles found', data: { contacts } };
  }

  @Put(':id/contact-roles')
  @Requires('opportunities:write')
  @Returns({
    summary: 'Set who has a say in an opportunity', data: ContactRoles, headers: ['ETag'],
    description: "Replaces the list. Each is a contact of the opportunity's account, with one role; at most one is the primary one.", examples: examples.putContactRoles,
  })
  async putContactRoles(
    @PathId('Opportunity') id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @JsonBody(ContactRolesRequest) body: ContactRolesRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { contacts, version } = await this.requester.ask(PutContactRoles, { context, id, body, ...versionIn(ifMatch) });
    tag(reply, version);
    return { message: 'Contact roles set', data: { contacts } };
  }

  @Get(':id/attribution')
  @Requires('opportunities:read')
  @Returns({
    summary: 'Say which touches an opportunity is owed to', data: OpportunityAttribution,
    description: 'Shares its amount among the touches of its lead that were frozen at the conversion; they sum to it exactly, in the smallest unit of the currency. '
      + 'An opportunity without a lead is owed to none.',
    examples: examples.getOpportunityAttribution,
  })
  async getOpportunityAttribution(
    @PathId('Opportunity') id: number, @InContext() context: Context, @Parameters(AttributionParameters) { model = 'linear' }: AttributionParameters,
  ) {
    const { attribution } = await this.requester.ask(GetAttribution, { context, id, model });
    return { message: 'Attribution found', data: attribution };
  }
}
