import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type GetPeopleRecord, type ListPeople, type ListRoutingChanges, type QuestionOf,
} from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { peopleRules } from '../domain/people';
import { PeopleStore } from '../store/people.store';
import { RoutingChangesStore } from '../store/routing-changes.store';

/** Reps, teams, territories and leave as they are, and who changed them. */
@Injectable()
export class ReadPeople {
  constructor(private readonly database: Database, private readonly people: PeopleStore, private readonly changes: RoutingChangesStore) {}

  async list({ context, kind, filter, cursor, limit }: QuestionOf<typeof ListPeople>): Promise<AnswerOf<typeof ListPeople>> {
    const records = await this.people.list(this.database, context.tenant.id, kind, filter, idOf(cursor) ?? 0, limit + 1);
    return { records: records.slice(0, limit), next_cursor: cursorAfter(records, limit) };
  }

  /** @throws DomainError not_found */
  async get({ context, kind, id }: QuestionOf<typeof GetPeopleRecord>): Promise<AnswerOf<typeof GetPeopleRecord>> {
    const record = await this.people.find(this.database, context.tenant.id, kind, id);
    if (!record) throw DomainError.notFound(peopleRules[kind].noun);
    return { record };
  }

  async listChanges({ context, filter, cursor, limit }: QuestionOf<typeof ListRoutingChanges>): Promise<AnswerOf<typeof ListRoutingChanges>> {
    const changes = await this.changes.list(this.database, context.tenant.id, filter, idOf(cursor), limit + 1);
    return { changes: changes.slice(0, limit), next_cursor: cursorAfter(changes, limit) };
  }
}

/** A page ends with an id; the next one begins behind it. */
const cursorAfter = (rows: readonly { id: number }[], limit: number): string | null => (rows.length > limit ? String(rows[limit - 1].id) : null);

function idOf(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  if (/^[1-9]\d{0,15}$/.test(cursor) && Number.isSafeInteger(Number(cursor))) return Number(cursor);
  throw DomainError.invalidField('cursor', 'wrong_cursor', 'cursor must be the next_cursor of a former page');
}
