import { Controller } from '@nestjs/common';
import { ReplaySubmission as ReplaySubmissionRequest, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { ReplaySubmission } from './replay-submission';

@Controller()
export class ConnectorsController {
  constructor(private readonly replaySubmission: ReplaySubmission) {}

  @Answers(ReplaySubmissionRequest)
  replay(question: QuestionOf<typeof ReplaySubmissionRequest>): Promise<AnswerOf<typeof ReplaySubmissionRequest>> {
    return this.replaySubmission.replay(question);
  }
}
