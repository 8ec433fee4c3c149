import { Controller } from '@nestjs/common';
import { ReserveLeadsToConvert, SettleConvertedLeads, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { SettleLeads } from '../settle-lead';
import { ReserveToConvert } from './reserve-to-convert';

/** What conversion asks for several leads at once. */
@Controller()
export class ConvertingController {
  constructor(private readonly reservations: ReserveToConvert, private readonly settlements: SettleLeads) {}

  @Answers(ReserveLeadsToConvert)
  reserve(question: QuestionOf<typeof ReserveLeadsToConvert>): Promise<AnswerOf<typeof ReserveLeadsToConvert>> {
    return this.reservations.reserve(question);
  }

  @Answers(SettleConvertedLeads)
  settle(question: QuestionOf<typeof SettleConvertedLeads>): Promise<AnswerOf<typeof SettleConvertedLeads>> {
    return this.settlements.settleConverted(question);
  }
}
