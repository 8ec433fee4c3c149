import { Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AssessLead, AssessRequest, DecideProposal, ElementProposal, FrameworkAssessment, LeadAssessments, ListAssessments, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { PathId } from '../input/parameters';
import * as examples from './assessments.examples';

/** What was found out about a lead's budget, authority, need and timeline, or about the elements of another framework. */
@ApiTags('qualification')
@Controller('api/v1/crm')
export class AssessmentsController {
  constructor(private readonly requester: Requester) {}

  @Get('leads/:id/assessments')
  @Requires('leads:read')
  @Returns({
    summary: 'List what was found out about a lead', data: LeadAssessments, examples: examples.listLeadAssessments,
    description: 'Where it stands now, element by element, what notes propose, and the latest 100 judgements, newest first; those of leads that were merged into it among them.',
  })
  async listLeadAssessments(@PathId('Lead') lead_id: number, @InContext() context: Context) {
    const { assessments } = await this.requester.ask(ListAssessments, { context, lead_id });
    return { message: 'Assessments listed', data: assessments };
  }

  @Post('leads/:id/assessments')
  @Requires('leads:qualify')
  @Returns({
    summary: 'Record what was found out about a lead', data: FrameworkAssessment, status: 201, examples: examples.assessLead,
    description: 'Elements that are not named stay as they are. The status of the lead does not change: `qualify` takes the same by `bant`, `meddic` and `assessment`.',
  })
  async assessLead(@PathId('Lead') lead_id: number, @InContext() context: Context, @JsonBody(AssessRequest) body: AssessRequest) {
    const { assessment } = await this.requester.ask(AssessLead, { context, lead_id, body });
    return { message: 'Assessment recorded', data: assessment };
  }

  @Post('assessment-proposals/:id/accept')
  @Requires('leads:qualify')
  @Returns({
    summary: 'Accept what a note was read to say', data: ElementProposal, examples: examples.acceptProposal,
    description: 'It becomes your own judgement, with the words of the note as its evidence.',
  })
  async acceptProposal(@PathId('Proposal') proposal_id: number, @InContext() context: Context) {
    const { proposal } = await this.requester.ask(DecideProposal, { context, proposal_id, decision: 'accept' });
    return { message: 'Proposal accepted', data: proposal };
  }

  @Post('assessment-proposals/:id/dismiss')
  @Requires('leads:qualify')
  @Returns({ summary: 'Dismiss what a note was read to say', data: ElementProposal, examples: examples.dismissProposal })
  async dismissProposal(@PathId('Proposal') proposal_id: number, @InContext() context: Context) {
    const { proposal } = await this.requester.ask(DecideProposal, { context, proposal_id, decision: 'dismiss' });
    return { message: 'Proposal dismissed', data: proposal };
  }
}
