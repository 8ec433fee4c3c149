import { Controller, Get, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  Campaign, CAMPAIGN_STATUSES, CHANNELS, CreateCampaign, CreateCampaignRequest, GetCampaign, ListCampaigns, OneOf, PatchCampaignRequest, Text, UpdateCampaign,
  type CampaignStatus, type Channel, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathName } from '../input/parameters';
import * as examples from './campaigns.examples';

class ListCampaignsParameters extends PageParameters {
  @OneOf(CAMPAIGN_STATUSES) status?: CampaignStatus;
  @OneOf(CHANNELS) channel?: Channel;
  @Text(100, { description: 'a part of the code, of the name, or of what it is called besides' }) search?: string;
}

/** What leads came by. A submission that names a campaign for the first time makes it. */
@ApiTags('campaigns')
@Controller('api/v1/crm/campaigns')
export class CampaignsController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @Requires('leads:read')
  @Returns({ summary: 'List campaigns, newest first', data: Campaign, list: true, examples: examples.listCampaigns })
  async listCampaigns(@InContext() context: Context, @Parameters(ListCampaignsParameters) parameters: ListCampaignsParameters) {
    const { limit = DEFAULT_LIMIT, cursor, ...filter } = parameters;
    const { campaigns, next_cursor } = await this.requester.ask(ListCampaigns, { context, filter, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Campaigns listed', data: campaigns, meta: { next_cursor } };
  }

  @Post()
  @Requires('campaigns:write')
  @Returns({ summary: 'Create a campaign', data: Campaign, status: 201, headers: ['Location'], examples: examples.createCampaign })
  async createCampaign(
    @InContext() context: Context, @JsonBody(CreateCampaignRequest) body: CreateCampaignRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { campaign } = await this.requester.ask(CreateCampaign, { context, campaign: body });
    void reply.header('location', `/api/v1/crm/campaigns/${encodeURIComponent(campaign.code)}`);
    return { message: 'Campaign created', data: campaign };
  }

  @Get(':code')
  @Requires('leads:read')
  @Returns({ summary: 'Read a campaign', data: Campaign, description: 'By its code or any of its aliases, whatever their capitals.', examples: examples.getCampaign })
  async getCampaign(@PathName('Campaign') code: string, @InContext() context: Context) {
    const { campaign } = await this.requester.ask(GetCampaign, { context, code });
    return { message: 'Campaign found', data: campaign };
  }

  @Patch(':code')
  @Requires('campaigns:write')
  @Returns({
    summary: 'Change a campaign', data: Campaign,
    description: 'Absent fields stay, null empties, `aliases` are replaced. What an archived campaign is called may be taken over by another one.',
    examples: examples.updateCampaign,
  })
  async updateCampaign(@PathName('Campaign') code: string, @InContext() context: Context, @JsonBody(PatchCampaignRequest) patch: PatchCampaignRequest) {
    const { campaign } = await this.requester.ask(UpdateCampaign, { context, code, patch });
    return { message: 'Campaign updated', data: campaign };
  }
}
