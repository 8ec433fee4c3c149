import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DomainError, GetSubmission, type Context } from '@headwater/contracts';
import { Requester, Spool } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Submission } from '../documents/answers';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { PathUuid } from '../input/parameters';
import * as examples from './submissions.examples';

@ApiTags('submissions')
@Controller('api/v1/crm/submissions')
export class SubmissionsController {
  constructor(private readonly requester: Requester, private readonly spool: Spool) {}

  @Get(':id')
  @Requires('leads:read')
  @Returns({
    summary: 'Read what became of a submission', data: Submission,
    description: 'For those that were accepted with 202, and any other: `pending` until it is taken in, then `done` with the lead.',
    examples: examples.getSubmission,
  })
  async getSubmission(@PathUuid('Submission') submission_id: string, @InContext() { tenant: { id: tenant } }: Context) {
    // The spool first: what leaves it meanwhile is known to intake by then.
    const waits = await this.spool.holds({ tenant, id: submission_id });
    const known = await this.requester.ask(GetSubmission, { tenant, submission_id }).catch((error: unknown) => {
      if (waits && error instanceof DomainError && error.body.kind === 'unavailable') return { submission: null };
      throw error;
    });
    const state = known.submission ?? (waits ? { state: 'pending' as const } : null);
    if (!state) throw DomainError.notFound('Submission');
    return { message: 'Submission found', data: { submission_id, ...state } satisfies Submission };
  }
}
