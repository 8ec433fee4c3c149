import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GetDecisions, ListNotes, ListTouches, ListTransitions, Transition, type Context } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { LeadNote, LeadTouch, RoutingOfLead } from './history.answers';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { DEFAULT_LIMIT, LimitParameter, PageParameters, Parameters, PathId } from '../input/parameters';
import { GatherLead } from './gather-lead';
import * as examples from './history.examples';

/** What happened to a lead, as its owners keep it. */
@ApiTags('leads')
@Controller('api/v1/crm/leads/:id')
export class HistoryController {
  constructor(private readonly requester: Requester, private readonly gather: GatherLead) {}

  @Get('routing')
  @Requires('leads:read')
  @Returns({ summary: 'Read who owns a lead, and why', data: RoutingOfLead, examples: examples.getLeadRouting })
  async getLeadRouting(
    @PathId('Lead') lead_id: number, @InContext() context: Context,
    @Parameters(PageParameters) { limit = DEFAULT_LIMIT, cursor }: PageParameters,
  ) {
    const { assignment, decisions, next_cursor } = await this.requester.ask(GetDecisions, { context, lead_id, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Routing found', data: { assignment, decision: cursor ? null : decisions[0] ?? null, decisions }, meta: { next_cursor } };
  }

  @Get('notes')
  @Requires('leads:read')
  @Returns({ summary: 'Read the notes of a lead, newest first', data: LeadNote, list: true, examples: examples.listLeadNotes })
  async listLeadNotes(
    @PathId('Lead') lead_id: number, @InContext() context: Context, @Parameters(LimitParameter) { limit = DEFAULT_LIMIT }: LimitParameter,
  ) {
    const [{ notes }, others] = await Promise.all([
      this.requester.ask(ListNotes, { context, lead_id, limit }),
      this.gather.inTime(ListTransitions, { context, lead_id }, (answer) => answer.notes),
    ]);
    const all = [...notes, ...(others ?? [])].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, limit);
    return { message: 'Notes listed', data: all, ...(others ? {} : { meta: { missing: ['qualification'] } }) };
  }

  @Get('touches')
  @Requires('leads:read')
  @Returns({ summary: 'Read how a lead came in, each time, the latest first', data: LeadTouch, list: true, examples: examples.listLeadTouches })
  async listLeadTouches(
    @PathId('Lead') lead_id: number, @InContext() context: Context,
    @Parameters(PageParameters) { limit = DEFAULT_LIMIT, cursor }: PageParameters,
  ) {
    const { touches, next_cursor } = await this.requester.ask(ListTouches, { context, lead_id, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Touches listed', data: touches, meta: { next_cursor } };
  }

  @Get('transitions')
  @Requires('leads:read')
  @Returns({ summary: 'Read how the status of a lead changed', data: Transition, list: true, examples: examples.listLeadTransitions })
  async listLeadTransitions(@PathId('Lead') lead_id: number, @InContext() context: Context) {
    const { transitions } = await this.requester.ask(ListTransitions, { context, lead_id });
    return { message: 'Transitions listed', data: transitions };
  }
}
