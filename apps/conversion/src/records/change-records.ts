import { Injectable } from '@nestjs/common';
import {
  AccountUpdated, ContactUpdated, CustomerUpdated, DomainError,
  type Account, type Contact, type Context, type Customer, type NewEvent, type PatchAccountRequest, type PatchContactRequest,
} from '@headwater/contracts';
import { causedByRequest, Outbox } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { normaliseEmail } from '../domain/match-keys';
import { changeAccount } from '../domain/records/change-account';
import { changeContact } from '../domain/records/change-contact';
import type { Columns } from '../domain/records/changes';
import { RecordsStore } from '../store/records.store';
import { RecordWrites, type Kept } from '../store/record-writes.store';

/** @throws DomainError `precondition_failed` when the record is in another state than the change is based on */
export function mustBeAt(expected: string | undefined, { version }: { version: string }): void {
  if (expected === undefined || expected === version) return;
  throw DomainError.changedMeanwhile('record');
}

export function existing<T>(what: string, kept: T | null): T {
  if (!kept) throw DomainError.notFound(what);
  return kept;
}

export const aboutOf = ({ record: { lead_id }, revision }: Kept<{ lead_id?: number | null }>) => ({ leadId: lead_id ?? undefined, revision });

/** Writes changes of locked records with what the world hears of them, within a transaction. */
@Injectable()
export class ChangeRecords {
  constructor(private readonly outbox: Outbox, private readonly records: RecordsStore, private readonly writes: RecordWrites) {}

  /** @throws DomainError invalid */
  async account(tx: Tx, context: Context, before: Kept<Account>, patch: PatchAccountRequest): Promise<Kept<Account>> {
    const { columns, errors } = changeAccount(before.record, patch);
    if (errors.length > 0) throw DomainError.invalid(errors);
    if (isNothing(columns)) return before;
    const tenant = context.tenant.id;
    await this.writes.update(tx, 'account', tenant, before.record.id, columns);
    const after = existing('Account', await this.writes.account(tx, tenant, before.record.id));
    await this.announce(tx, context, [AccountUpdated.of(tenant, after.record.id, { account: after.record }, aboutOf(after))]);
    return after;
  }

  /**
   * The account is locked, where the contact may become the primary one. A customer who is this contact has changed with it.
   * @throws DomainError invalid, `contact_exists` with the candidates, `primary_needed`
   */
  async contact(tx: Tx, context: Context, before: Kept<Contact>, patch: PatchContactRequest): Promise<Kept<Contact>> {
    const { columns, errors } = changeContact(before.record, patch);
    if (errors.length > 0) throw DomainError.invalid(errors);
    const { id, account_id, is_primary } = before.record;
    if (is_primary && patch.is_primary === false) {
      throw DomainError.conflict('primary_needed', 'An account has a primary contact: make another one primary instead');
    }
    const becomesPrimary = patch.is_primary === true && !is_primary;
    if (isNothing(columns) && !becomesPrimary) return before;
    const tenant = context.tenant.id;
    await this.mustBeOnlyOne(tx, tenant, columns.email_normalised as string | null | undefined, id);
    const former = becomesPrimary ? await this.writes.clearPrimary(tx, tenant, account_id) : null;
    await this.writes.update(tx, 'contact', tenant, id, { ...columns, ...(becomesPrimary ? { is_primary: true } : {}) });
    await this.announceContacts(tx, context, former === null ? [id] : [former, id]);
    if (!isNothing(columns)) await this.touchCustomer(tx, context, id);
    return existing('Contact', await this.writes.contact(tx, tenant, id));
  }

  /** A customer whose own columns change, or which shows what has changed in its contact. */
  async customer(tx: Tx, context: Context, id: number, columns: Columns): Promise<Kept<Customer>> {
    const tenant = context.tenant.id;
    await this.writes.update(tx, 'customer', tenant, id, columns);
    const after = existing('Customer', await this.writes.customer(tx, tenant, id));
    await this.announce(tx, context, [CustomerUpdated.of(tenant, id, { customer: after.record }, aboutOf(after))]);
    return after;
  }

  /** Waits for whoever else is about to make or find a person with this e-mail, as conversions do, and before any row is locked, as they do. */
  async holdEmail(tx: Tx, tenant: string, email: string | null | undefined): Promise<void> {
    const key = normaliseEmail(email);
    if (key) await this.records.lockKeys(tx, [`conversion e-mail ${tenant} ${key}`]);
  }

  /** The e-mail is held. @throws DomainError `contact_exists` with the candidates */
  async mustBeOnlyOne(tx: Tx, tenant: string, email: string | null | undefined, except?: number): Promise<void> {
    if (!email) return;
    const candidates = (await this.writes.contactsOf(tx, tenant, email)).filter(({ contact_id }) => contact_id !== except);
    if (candidates.length > 0) throw DomainError.conflict('contact_exists', 'Contact with this email already exists', { candidates });
  }

  async announceContacts(tx: Tx, context: Context, ids: number[]): Promise<void> {
    const events: NewEvent[] = [];
    for (const id of ids) {
      const kept = existing('Contact', await this.writes.contact(tx, context.tenant.id, id));
      events.push(ContactUpdated.of(context.tenant.id, id, { contact: kept.record }, aboutOf(kept)));
    }
    await this.announce(tx, context, events);
  }

  async announce(tx: Tx, context: Context, events: NewEvent[]): Promise<void> {
    const cause = causedByRequest(context);
    await this.outbox.add(tx, events.map((event) => ({ event, cause })));
  }

  private async touchCustomer(tx: Tx, context: Context, contactId: number): Promise<void> {
    const [shown] = await this.writes.customersOf(tx, context.tenant.id, contactId);
    if (shown) await this.customer(tx, context, shown.customer_id, {});
  }
}

const isNothing = (columns: Columns): boolean => Object.keys(columns).length === 0;
