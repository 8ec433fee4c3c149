import { Injectable } from '@nestjs/common';
import {
  CustomerCreated, DomainError,
  type AnswerOf, type CreateCustomer, type Customer, type ListCustomers, type QuestionOf, type UpdateCustomer,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { changeCustomer } from '../domain/records/change-customer';
import { RecordLists } from '../store/record-lists.store';
import { RecordWrites, type Kept } from '../store/record-writes.store';
import { aboutOf, ChangeRecords, existing, mustBeAt } from './change-records';
import { CheckOwner } from './check-owner';

/** Customers that people list, make and change: a projection over a contact and its account, with a number and a status of their own. */
@Injectable()
export class KeepCustomers {
  constructor(
    private readonly database: Database, private readonly writes: RecordWrites, private readonly lists: RecordLists,
    private readonly changes: ChangeRecords, private readonly owners: CheckOwner,
  ) {}

  async list({ context: { tenant }, ...asked }: QuestionOf<typeof ListCustomers>): Promise<AnswerOf<typeof ListCustomers>> {
    const { rows, next } = await this.lists.customers(this.database, tenant.id, asked);
    return { customers: rows, next_cursor: next };
  }

  /** Makes a contact a customer. @throws DomainError invalid, `customer_exists` with the candidate */
  async create({ context, body: { account_id, contact_id, ...given } }: QuestionOf<typeof CreateCustomer>): Promise<AnswerOf<typeof CreateCustomer>> {
    const tenant = context.tenant.id;
    const { columns, errors } = changeCustomer({}, given, true);
    if (errors.length > 0) throw DomainError.invalid(errors);
    await this.owners.mustBeRep(tenant, given.owner_id);
    return once(this.database, attemptOf(context), async (tx) => {
      const account = await this.accountOf(tx, tenant, account_id, contact_id);
      const candidates = await this.writes.customersOf(tx, tenant, contact_id);
      if (candidates.length > 0) throw DomainError.conflict('customer_exists', 'This contact is a customer already', { candidates });
      const id = await this.writes.insert(tx, 'customer', tenant, { type: 'individual', owner_id: account.owner_id, ...columns, account_id, contact_id });
      const kept = existing('Customer', await this.writes.customer(tx, tenant, id));
      await this.changes.announce(tx, context, [CustomerCreated.of(tenant, id, { customer: kept.record }, aboutOf(kept))]);
      return { customer: kept.record, version: kept.version };
    });
  }

  /** @throws DomainError not_found, invalid, `precondition_failed`, `contact_exists` with the candidates */
  async update({ context, id, patch, expected_version }: QuestionOf<typeof UpdateCustomer>): Promise<AnswerOf<typeof UpdateCustomer>> {
    const tenant = context.tenant.id;
    const { record: before } = existing('Customer', await this.writes.customer(this.database, tenant, id));
    if (patch.owner_id !== before.owner_id) await this.owners.mustBeRep(tenant, patch.owner_id);
    const { record, version } = await this.database.transaction(async (tx): Promise<Kept<Customer>> => {
      await this.changes.holdEmail(tx, tenant, patch.email);
      await this.writes.lock(tx, 'account', tenant, before.account_id);
      await this.writes.lock(tx, 'contact', tenant, before.contact_id);
      await this.writes.lock(tx, 'customer', tenant, id);
      const locked = existing('Customer', await this.writes.customer(tx, tenant, id));
      mustBeAt(expected_version, locked);
      return this.write(tx, context, locked, patch);
    });
    return { customer: record, version };
  }

  private async write(
    tx: Tx, context: QuestionOf<typeof UpdateCustomer>['context'], { record: before }: Kept<Customer>, patch: QuestionOf<typeof UpdateCustomer>['patch'],
  ): Promise<Kept<Customer>> {
    const tenant = context.tenant.id;
    const account = existing('Account', await this.writes.account(tx, tenant, before.account_id));
    const contact = existing('Contact', await this.writes.contact(tx, tenant, before.contact_id));
    const change = changeCustomer(before, patch, account.record.kind === 'company');
    if (change.errors.length > 0) throw DomainError.invalid(change.errors);
    await this.changes.account(tx, context, account, change.account);
    await this.changes.contact(tx, context, contact, change.contact);
    if (Object.keys(change.columns).length > 0) return this.changes.customer(tx, context, before.id, change.columns);
    return existing('Customer', await this.writes.customer(tx, tenant, before.id));
  }

  private async accountOf(tx: Tx, tenant: string, accountId: number, contactId: number) {
    const account = await this.writes.account(tx, tenant, accountId);
    if (!account) throw DomainError.invalidField('account_id', 'unknown_account', 'There is no account with this id');
    await this.writes.lock(tx, 'contact', tenant, contactId);
    const contact = await this.writes.contact(tx, tenant, contactId);
    if (!contact) throw DomainError.invalidField('contact_id', 'unknown_contact', 'There is no contact with this id');
    if (contact.record.account_id !== accountId) throw DomainError.invalidField('contact_id', 'not_this_accounts_contact', 'The contact belongs to another account');
    return account.record;
  }
}
