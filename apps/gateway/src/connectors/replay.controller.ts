import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReplaySubmission, type Context } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Submission } from '../capture/submissions.answers';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { PathUuid } from '../input/parameters';
import * as examples from './replay.examples';

@ApiTags('submissions')
@Controller('api/v1/crm/submissions')
export class ReplayController {
  constructor(private readonly requester: Requester) {}

  @Post(':id/replay')
  @Requires('admin')
  @Returns({
    summary: 'Read a rejected delivery of a connector once more', data: Submission,
    description: 'As the connector is set up now: after its mapping was corrected, or a token was set up. What made a lead already is a 409.',
    examples: examples.replaySubmission,
  })
  async replaySubmission(@PathUuid('Submission') submission_id: string, @InContext() context: Context) {
    const { submission } = await this.requester.ask(ReplaySubmission, { context, submission_id });
    return { message: 'Submission read again', data: { submission_id, ...submission } satisfies Submission };
  }
}
