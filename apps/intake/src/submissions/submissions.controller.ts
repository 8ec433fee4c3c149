import { Controller } from '@nestjs/common';
import { ConfirmSubmission, DecideSubmission, ListSubmissions as ListSubmissionsRequest, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { DecideSubmissions } from './decide-submissions';
import { ListSubmissions } from './list-submissions';

@Controller()
export class SubmissionsController {
  constructor(private readonly decideSubmissions: DecideSubmissions, private readonly listSubmissions: ListSubmissions) {}

  @Answers(ListSubmissionsRequest)
  list(question: QuestionOf<typeof ListSubmissionsRequest>): Promise<AnswerOf<typeof ListSubmissionsRequest>> {
    return this.listSubmissions.list(question);
  }

  @Answers(DecideSubmission)
  decide(question: QuestionOf<typeof DecideSubmission>): Promise<AnswerOf<typeof DecideSubmission>> {
    return this.decideSubmissions.decide(question);
  }

  @Answers(ConfirmSubmission)
  confirm(question: QuestionOf<typeof ConfirmSubmission>): Promise<AnswerOf<typeof ConfirmSubmission>> {
    return this.decideSubmissions.confirm(question);
  }
}
