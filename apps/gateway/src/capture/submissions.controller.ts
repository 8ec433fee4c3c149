import { Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  DecideSubmission, DomainError, GetSubmission, Id, ListSubmissions, OneOf, Pattern, RejectSubmissionRequest, SubmissionRecord, Text, VERDICTS,
  type Context, type SubmissionFilter, type Verdict,
} from '@headwater/contracts';
import { Requester, Spool } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Submission } from './submissions.answers';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { OptionalJsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathUuid } from '../input/parameters';
import * as examples from './submissions.examples';

const INLET = /^(form|connector|import):([1-9]\d{0,14})$/;

class ListSubmissionsParameters extends PageParameters {
  @OneOf(VERDICTS, { description: '`quarantined`: those that wait for a decision' }) verdict?: Verdict;
  @Text(60, { description: 'why it made no lead', example: 'spam' }) code?: string;
  @Pattern(INLET, 30, { description: 'the form, connector or import that it came by', example: 'form:12' }) inlet?: string;
  @Id({ description: 'the lead that it made or reached' }) lead_id?: number;
}

@ApiTags('submissions')
@Controller('api/v1/crm/submissions')
export class SubmissionsController {
  constructor(private readonly requester: Requester, private readonly spool: Spool) {}

  // Who may decide about them sees them: a body may hold more than its lead.
  @Get()
  @Requires('leads:write')
  @Returns({
    summary: 'List submissions', data: SubmissionRecord, list: true, examples: examples.listSubmissions,
    description: 'The log of all that came, newest first, with the body as it came. What made no lead is kept for 90 days.',
  })
  async listSubmissions(
    @InContext() context: Context, @Parameters(ListSubmissionsParameters) { limit = DEFAULT_LIMIT, cursor, inlet, ...filter }: ListSubmissionsParameters,
  ) {
    const { submissions, next_cursor } = await this.requester.ask(ListSubmissions, {
      context, filter: { ...filter, ...(inlet ? { inlet: inletOf(inlet) } : {}) }, limit, ...(cursor ? { cursor } : {}),
    });
    return { message: 'Submissions listed', data: submissions, meta: { next_cursor } };
  }

  @Post(':id/release')
  @Requires('leads:write')
  @Returns({
    summary: 'Take in a submission that was quarantined', data: Submission, examples: examples.releaseSubmission,
    description: 'As it came, and as if it came now: it creates a lead, or reaches the one of the same person.',
  })
  async releaseSubmission(@PathUuid('Submission') submission_id: string, @InContext() context: Context) {
    const { submission } = await this.requester.ask(DecideSubmission, { context, submission_id, decision: 'release' });
    return { message: 'Submission released', data: { submission_id, ...submission } satisfies Submission };
  }

  @Post(':id/reject')
  @Requires('leads:write')
  @Returns({ summary: 'Put a quarantined submission away for good', data: Submission, examples: examples.rejectSubmission })
  async rejectSubmission(
    @PathUuid('Submission') submission_id: string, @InContext() context: Context,
    @OptionalJsonBody(RejectSubmissionRequest) { reason }: RejectSubmissionRequest,
  ) {
    const { submission } = await this.requester.ask(DecideSubmission, { context, submission_id, decision: 'reject', ...(reason ? { reason } : {}) });
    return { message: 'Submission rejected', data: { submission_id, ...submission } satisfies Submission };
  }

  @Get(':id')
  @Requires('leads:read')
  @Returns({
    summary: 'Read what became of a submission', data: Submission,
    description: 'For those that were accepted with 202, and any other: `pending` until it is taken in, then `done` with the lead. '
      + 'What came, and by which way, is for who may write leads.',
    examples: examples.getSubmission,
  })
  async getSubmission(@PathUuid('Submission') submission_id: string, @InContext() context: Context) {
    const tenant = context.tenant.id;
    // The spool first: what leaves it meanwhile is known to intake by then.
    const waits = await this.spool.holds({ tenant, id: submission_id });
    const with_record = context.scopes.includes('leads:write');
    const known = await this.requester.ask(GetSubmission, { tenant, submission_id, with_record }).catch((error: unknown) => {
      if (waits && error instanceof DomainError && error.body.kind === 'unavailable') return { submission: null, record: undefined };
      throw error;
    });
    const state = known.submission ?? (waits ? { state: 'pending' as const } : null);
    if (!state) throw DomainError.notFound('Submission');
    return { message: 'Submission found', data: { ...known.record, submission_id, ...state } satisfies Submission };
  }
}

function inletOf(text: string): SubmissionFilter['inlet'] {
  const [, kind, id] = INLET.exec(text) as unknown as [string, 'form' | 'connector' | 'import', string];
  return { kind, id: Number(id) };
}
