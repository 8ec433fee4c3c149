import { Controller } from '@nestjs/common';
import {
  ClaimLead as ClaimLeadRequest, ListQueue, RouteLead as RouteLeadRequest, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { ClaimLead } from './claim-lead';
import { ReadQueue } from './read-queue';
import { RouteLead } from './route-lead';

@Controller()
export class QueueController {
  constructor(private readonly read: ReadQueue, private readonly claims: ClaimLead, private readonly routeLead: RouteLead) {}

  @Answers(ListQueue)
  list(question: QuestionOf<typeof ListQueue>): Promise<AnswerOf<typeof ListQueue>> {
    return this.read.handle(question);
  }

  @Answers(ClaimLeadRequest)
  claim(question: QuestionOf<typeof ClaimLeadRequest>): Promise<AnswerOf<typeof ClaimLeadRequest>> {
    return this.claims.handle(question);
  }

  @Answers(RouteLeadRequest)
  route(question: QuestionOf<typeof RouteLeadRequest>): Promise<AnswerOf<typeof RouteLeadRequest>> {
    return this.routeLead.handle(question);
  }
}
