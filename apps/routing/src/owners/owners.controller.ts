import { Controller } from '@nestjs/common';
import { GetOwners, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { ShowOwners } from './show-owners';

@Controller()
export class OwnersController {
  constructor(private readonly owners: ShowOwners) {}

  @Answers(GetOwners)
  getOwners(question: QuestionOf<typeof GetOwners>): Promise<AnswerOf<typeof GetOwners>> {
    return this.owners.show(question);
  }
}
