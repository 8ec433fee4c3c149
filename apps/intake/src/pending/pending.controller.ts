import { Controller } from '@nestjs/common';
import { ListConsents, ListPendingChanges, SettlePendingChanges as SettleRequest, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { ReadLeads } from '../read-leads';
import { SettlePendingChanges } from './settle-pending-changes';

@Controller()
export class PendingController {
  constructor(private readonly pending: SettlePendingChanges, private readonly readLeads: ReadLeads) {}

  @Answers(ListPendingChanges)
  list(question: QuestionOf<typeof ListPendingChanges>): Promise<AnswerOf<typeof ListPendingChanges>> {
    return this.pending.list(question);
  }

  @Answers(SettleRequest)
  settle(question: QuestionOf<typeof SettleRequest>): Promise<AnswerOf<typeof SettleRequest>> {
    return this.pending.settle(question);
  }

  @Answers(ListConsents)
  consents(question: QuestionOf<typeof ListConsents>): Promise<AnswerOf<typeof ListConsents>> {
    return this.readLeads.consents(question);
  }
}
