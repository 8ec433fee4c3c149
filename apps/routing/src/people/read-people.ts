import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type GetPeopleRecord, type ListPeople, type ListRoutingChanges, type QuestionOf,
} from '@headwater/contracts';
import { cutPage, Database, numberIn } from '@headwater/platform';
import { peopleRules } from '../domain/people';
import { PeopleStore } from '../store/people.store';
import { RoutingChangesStore } from '../store/routing-changes.store';

/** Reps, teams, territories and leave as they are, and who changed them. */
@Injectable()
export class ReadPeople {
  constructor(private readonly database: Database, private readonly people: PeopleStore, private readonly changes: RoutingChangesStore) {}

  async list({ context, kind, filter, cursor, limit }: QuestionOf<typeof ListPeople>): Promise<AnswerOf<typeof ListPeople>> {
    const records = await this.people.list(this.database, context.tenant.id, kind, filter, numberIn(cursor) ?? 0, limit + 1);
    const { shown, next_cursor } = cutPage(records, limit, ({ id }) => id);
    return { records: shown, next_cursor };
  }

  /** @throws DomainError not_found */
  async get({ context, kind, id }: QuestionOf<typeof GetPeopleRecord>): Promise<AnswerOf<typeof GetPeopleRecord>> {
    const record = await this.people.find(this.database, context.tenant.id, kind, id);
    if (!record) throw DomainError.notFound(peopleRules[kind].noun);
    return { record };
  }

  async listChanges({ context, filter, cursor, limit }: QuestionOf<typeof ListRoutingChanges>): Promise<AnswerOf<typeof ListRoutingChanges>> {
    const changes = await this.changes.list(this.database, context.tenant.id, filter, numberIn(cursor), limit + 1);
    const { shown, next_cursor } = cutPage(changes, limit, ({ id }) => id);
    return { changes: shown, next_cursor };
  }
}
