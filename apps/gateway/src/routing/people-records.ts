import { Injectable } from '@nestjs/common';
import {
  CreatePeopleRecord, GetPeopleRecord, ListPeople, UpdatePeopleRecord, type Context, type PeopleFilter, type PeopleKind, type PeopleRecord,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { DEFAULT_LIMIT, type PageParameters } from '../input/parameters';

/** What is answered of one. */
export interface Told { message: string; data: PeopleRecord }

/** Asks routing for reps, teams, territories and leave: each the same way. */
@Injectable()
export class PeopleRecords {
  constructor(private readonly requester: Requester) {}

  async list(context: Context, kind: PeopleKind, message: string, { limit = DEFAULT_LIMIT, cursor, ...filter }: PageParameters & PeopleFilter) {
    const { records, next_cursor } = await this.requester.ask(ListPeople, { context, kind, filter, limit, ...(cursor ? { cursor } : {}) });
    return { message, data: records, meta: { next_cursor } };
  }

  async get(context: Context, kind: PeopleKind, message: string, id: number): Promise<Told> {
    return { message, data: (await this.requester.ask(GetPeopleRecord, { context, kind, id })).record };
  }

  /** @param located is told the id of what was made */
  async create(context: Context, kind: PeopleKind, message: string, fields: object, located: (id: number) => unknown): Promise<Told> {
    const { record } = await this.requester.ask(CreatePeopleRecord, { context, kind, fields });
    located(record.id);
    return { message, data: record };
  }

  async update(context: Context, kind: PeopleKind, message: string, id: number, patch: object): Promise<Told> {
    return { message, data: (await this.requester.ask(UpdatePeopleRecord, { context, kind, id, patch })).record };
  }
}
