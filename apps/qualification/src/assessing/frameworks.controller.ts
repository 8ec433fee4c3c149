import { Controller } from '@nestjs/common';
import {
  AddFramework, GetFramework, GetGatePolicy, ListFrameworks, PutGatePolicy, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { KeepFrameworks } from './keep-frameworks';

/** How tenants judge leads. */
@Controller()
export class FrameworksController {
  constructor(private readonly frameworks: KeepFrameworks) {}

  @Answers(ListFrameworks)
  listFrameworks(question: QuestionOf<typeof ListFrameworks>): Promise<AnswerOf<typeof ListFrameworks>> {
    return this.frameworks.list(question);
  }

  @Answers(GetFramework)
  getFramework(question: QuestionOf<typeof GetFramework>): Promise<AnswerOf<typeof GetFramework>> {
    return this.frameworks.get(question);
  }

  @Answers(AddFramework)
  addFramework(question: QuestionOf<typeof AddFramework>): Promise<AnswerOf<typeof AddFramework>> {
    return this.frameworks.add(question);
  }

  @Answers(GetGatePolicy)
  getGatePolicy(question: QuestionOf<typeof GetGatePolicy>): Promise<AnswerOf<typeof GetGatePolicy>> {
    return this.frameworks.getPolicy(question);
  }

  @Answers(PutGatePolicy)
  putGatePolicy(question: QuestionOf<typeof PutGatePolicy>): Promise<AnswerOf<typeof PutGatePolicy>> {
    return this.frameworks.putPolicy(question);
  }
}
