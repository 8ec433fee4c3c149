import { Controller } from '@nestjs/common';
import { ListContactAttempts as ListRequest, LogContactAttempt, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { ListContactAttempts } from './list-contact-attempts';
import { LogContactAttempts } from './log-contact-attempt';

@Controller()
export class ContactController {
  constructor(private readonly logs: LogContactAttempts, private readonly lists: ListContactAttempts) {}

  @Answers(LogContactAttempt)
  logContactAttempt(question: QuestionOf<typeof LogContactAttempt>): Promise<AnswerOf<typeof LogContactAttempt>> {
    return this.logs.log(question);
  }

  @Answers(ListRequest)
  listContactAttempts(question: QuestionOf<typeof ListRequest>): Promise<AnswerOf<typeof ListRequest>> {
    return this.lists.list(question);
  }
}
