import { Controller } from '@nestjs/common';
import { ListAssessments, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { ReadAssessments } from './read-assessments';

/** What is found out about leads. */
@Controller()
export class AssessingController {
  constructor(private readonly reading: ReadAssessments) {}

  @Answers(ListAssessments)
  listAssessments(question: QuestionOf<typeof ListAssessments>): Promise<AnswerOf<typeof ListAssessments>> {
    return this.reading.list(question);
  }
}
