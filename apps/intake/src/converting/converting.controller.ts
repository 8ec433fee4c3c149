import { Controller } from '@nestjs/common';
import { DescribeLeadsToConvert, LockConvertedLeads, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { LockLeads } from '../lock-leads';
import { DescribeLeads } from './describe-leads';

/** What conversion asks for several leads at once. */
@Controller()
export class ConvertingController {
  constructor(private readonly describing: DescribeLeads, private readonly locking: LockLeads) {}

  @Answers(DescribeLeadsToConvert)
  describe(question: QuestionOf<typeof DescribeLeadsToConvert>): Promise<AnswerOf<typeof DescribeLeadsToConvert>> {
    return this.describing.describe(question);
  }

  @Answers(LockConvertedLeads)
  lock(question: QuestionOf<typeof LockConvertedLeads>): Promise<AnswerOf<typeof LockConvertedLeads>> {
    return this.locking.toldAll(question);
  }
}
