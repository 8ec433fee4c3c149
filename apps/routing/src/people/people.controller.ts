import { Controller } from '@nestjs/common';
import {
  CreatePeopleRecord, GetPeopleRecord, ListPeople, ListRoutingChanges, UpdatePeopleRecord, type AnswerOf, type QuestionOf,
} from '@headwater/contracts';
import { Answers } from '@headwater/messaging';
import { KeepRecord } from './keep-record';
import { ReadPeople } from './read-people';

@Controller()
export class PeopleController {
  constructor(private readonly read: ReadPeople, private readonly keep: KeepRecord) {}

  @Answers(ListPeople)
  list(question: QuestionOf<typeof ListPeople>): Promise<AnswerOf<typeof ListPeople>> {
    return this.read.list(question);
  }

  @Answers(GetPeopleRecord)
  get(question: QuestionOf<typeof GetPeopleRecord>): Promise<AnswerOf<typeof GetPeopleRecord>> {
    return this.read.get(question);
  }

  @Answers(CreatePeopleRecord)
  create(question: QuestionOf<typeof CreatePeopleRecord>): Promise<AnswerOf<typeof CreatePeopleRecord>> {
    return this.keep.create(question);
  }

  @Answers(UpdatePeopleRecord)
  update(question: QuestionOf<typeof UpdatePeopleRecord>): Promise<AnswerOf<typeof UpdatePeopleRecord>> {
    return this.keep.update(question);
  }

  @Answers(ListRoutingChanges)
  listChanges(question: QuestionOf<typeof ListRoutingChanges>): Promise<AnswerOf<typeof ListRoutingChanges>> {
    return this.read.listChanges(question);
  }
}
