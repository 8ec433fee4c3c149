import { Injectable } from '@nestjs/common';
import {
  ContactCreated, DomainError,
  type AnswerOf, type Contact, type CreateContact, type ListContacts, type QuestionOf, type UpdateContact,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { changeContact } from '../domain/records/change-contact';
import { RecordLists } from '../store/record-lists.store';
import { RecordWrites, type Kept } from '../store/record-writes.store';
import { aboutOf, ChangeRecords, existing, mustBeAt } from './change-records';
import { ReadQuery } from './read-query';

/** Contacts that people list, make and change. Of an account with contacts exactly one is the primary one. */
@Injectable()
export class KeepContacts {
  constructor(
    private readonly database: Database, private readonly writes: RecordWrites, private readonly lists: RecordLists,
    private readonly changes: ChangeRecords, private readonly queries: ReadQuery,
  ) {}

  async list({ context: { tenant }, filter, ...page }: QuestionOf<typeof ListContacts>): Promise<AnswerOf<typeof ListContacts>> {
    const found = await this.queries.read(tenant.id, filter.q);
    if (found && !found.words && !found.phone) return { contacts: [], next_cursor: null };
    const { rows, next } = await this.lists.contacts(this.database, tenant.id, { filter, ...page }, found);
    return { contacts: rows, next_cursor: next };
  }

  /** @throws DomainError invalid, `contact_exists` with the candidates */
  create({ context, body: { account_id, ...patch } }: QuestionOf<typeof CreateContact>): Promise<AnswerOf<typeof CreateContact>> {
    const tenant = context.tenant.id;
    const { columns, errors } = changeContact({}, patch);
    if (errors.length > 0) throw DomainError.invalid(errors);
    return once(this.database, attemptOf(context), async (tx) => {
      await this.changes.holdEmail(tx, tenant, patch.email);
      await this.changes.mustBeOnlyOne(tx, tenant, columns.email_normalised as string | null | undefined);
      await this.writes.lock(tx, 'account', tenant, account_id);
      if (!await this.writes.account(tx, tenant, account_id)) throw DomainError.invalidField('account_id', 'unknown_account', 'There is no account with this id');
      const isPrimary = await this.comesFirst(tx, tenant, account_id, patch.is_primary ?? false);
      const former = isPrimary ? await this.writes.clearPrimary(tx, tenant, account_id) : null;
      const id = await this.writes.insert(tx, 'contact', tenant, { email_opt_out: false, do_not_call: false, ...columns, account_id, is_primary: isPrimary });
      const kept = existing('Contact', await this.writes.contact(tx, tenant, id));
      if (former !== null) await this.changes.announceContacts(tx, context, [former]);
      await this.changes.announce(tx, context, [ContactCreated.of(tenant, id, { contact: kept.record }, aboutOf(kept))]);
      return { contact: kept.record, version: kept.version };
    });
  }

  /** @throws DomainError not_found, invalid, `precondition_failed`, `contact_exists` with the candidates, `primary_needed` */
  async update({ context, id, patch, expected_version }: QuestionOf<typeof UpdateContact>): Promise<AnswerOf<typeof UpdateContact>> {
    const tenant = context.tenant.id;
    const { record: { account_id } } = existing('Contact', await this.writes.contact(this.database, tenant, id));
    const { record, version } = await this.database.transaction(async (tx): Promise<Kept<Contact>> => {
      await this.changes.holdEmail(tx, tenant, patch.email);
      if (patch.is_primary) await this.writes.lock(tx, 'account', tenant, account_id);
      await this.writes.lock(tx, 'contact', tenant, id);
      const locked = existing('Contact', await this.writes.contact(tx, tenant, id));
      mustBeAt(expected_version, locked);
      return this.changes.contact(tx, context, locked, patch);
    });
    return { contact: record, version };
  }

  private async comesFirst(tx: Tx, tenant: string, accountId: number, wanted: boolean): Promise<boolean> {
    return wanted || !await this.writes.hasPrimary(tx, tenant, accountId);
  }
}
