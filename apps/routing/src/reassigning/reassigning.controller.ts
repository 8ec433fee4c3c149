import { Controller } from '@nestjs/common';
import { GetReassignment, ListReassignments, PreviewReassignment, StartReassignment, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { ReassignLeads } from './reassign-leads';

@Controller()
export class ReassigningController {
  constructor(private readonly reassign: ReassignLeads) {}

  @Answers(PreviewReassignment)
  preview(question: QuestionOf<typeof PreviewReassignment>): Promise<AnswerOf<typeof PreviewReassignment>> {
    return this.reassign.preview(question);
  }

  @Answers(StartReassignment)
  start(question: QuestionOf<typeof StartReassignment>): Promise<AnswerOf<typeof StartReassignment>> {
    return this.reassign.start(question);
  }

  @Answers(GetReassignment)
  get(question: QuestionOf<typeof GetReassignment>): Promise<AnswerOf<typeof GetReassignment>> {
    return this.reassign.get(question);
  }

  @Answers(ListReassignments)
  list(question: QuestionOf<typeof ListReassignments>): Promise<AnswerOf<typeof ListReassignments>> {
    return this.reassign.list(question);
  }
}
