import { Controller } from '@nestjs/common';
import { DescribeOwnersToConvert, LockConvertedAssignments, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { LockAssignment } from '../lock-assignment';
import { DescribeOwners } from './describe-owners';

/** What conversion asks for several leads at once. */
@Controller()
export class ConvertingController {
  constructor(private readonly owners: DescribeOwners, private readonly locking: LockAssignment) {}

  @Answers(DescribeOwnersToConvert)
  describe(question: QuestionOf<typeof DescribeOwnersToConvert>): Promise<AnswerOf<typeof DescribeOwnersToConvert>> {
    return this.owners.describe(question);
  }

  @Answers(LockConvertedAssignments)
  lock(question: QuestionOf<typeof LockConvertedAssignments>): Promise<AnswerOf<typeof LockConvertedAssignments>> {
    return this.locking.handleAll(question);
  }
}
