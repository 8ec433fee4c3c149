import { Controller } from '@nestjs/common';
import {
  ChangeInlet, CommandInlet, CreateInlet, FindInlet, GetInlet, ListInlets, PageInlets, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { FindInlets } from './find-inlets';
import { ManageInlets } from './manage-inlets';

@Controller()
export class InletsController {
  constructor(private readonly findInlets: FindInlets, private readonly manageInlets: ManageInlets) {}

  @Answers(FindInlet)
  find(question: QuestionOf<typeof FindInlet>): Promise<AnswerOf<typeof FindInlet>> {
    return this.findInlets.find(question);
  }

  @Answers(ListInlets)
  list(question: QuestionOf<typeof ListInlets>): Promise<AnswerOf<typeof ListInlets>> {
    return this.findInlets.list(question);
  }

  @Answers(CreateInlet)
  create(question: QuestionOf<typeof CreateInlet>): Promise<AnswerOf<typeof CreateInlet>> {
    return this.manageInlets.create(question);
  }

  @Answers(GetInlet)
  get(question: QuestionOf<typeof GetInlet>): Promise<AnswerOf<typeof GetInlet>> {
    return this.manageInlets.get(question);
  }

  @Answers(PageInlets)
  page(question: QuestionOf<typeof PageInlets>): Promise<AnswerOf<typeof PageInlets>> {
    return this.manageInlets.page(question);
  }

  @Answers(ChangeInlet)
  change(question: QuestionOf<typeof ChangeInlet>): Promise<AnswerOf<typeof ChangeInlet>> {
    return this.manageInlets.change(question);
  }

  @Answers(CommandInlet)
  command(question: QuestionOf<typeof CommandInlet>): Promise<AnswerOf<typeof CommandInlet>> {
    return this.manageInlets.command(question);
  }
}
