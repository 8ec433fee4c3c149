import { Injectable } from '@nestjs/common';
import type { AccountCreatedData, ContactCreatedData, CustomerCreatedData, Envelope, LockConvertedLeads, QuestionOf, RecordsTold } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { readEmail } from '../domain/email';
import { KnownAccountsStore } from '../store/known-accounts.store';

type Told<Kind extends keyof RecordsTold> = { tenant: string; of: NonNullable<RecordsTold[Kind]> };

/** Keeps what of conversion's records is needed to know again who belongs to them. */
@Injectable()
export class KnowAccounts {
  constructor(private readonly accounts: KnownAccountsStore) {}

  fromAccounts(events: Envelope<AccountCreatedData>[], tx: Tx): Promise<void> {
    return this.keepAccounts(tx, events.map(({ tenantid, revision = 0, data: { account } }) => ({ tenant: tenantid, of: { ...account, revision } })));
  }

  fromContacts(events: Envelope<ContactCreatedData>[], tx: Tx): Promise<void> {
    return this.keepContacts(tx, events.map(({ tenantid, revision = 0, data: { contact } }) => ({ tenant: tenantid, of: { ...contact, revision } })));
  }

  /** Whose customer a contact is: conversion has one customer at most for each. */
  fromCustomers(events: Envelope<CustomerCreatedData>[], tx: Tx): Promise<void> {
    return this.keepCustomers(tx, events.map(({ tenantid, revision = 0, data: { customer } }) => ({ tenant: tenantid, of: { ...customer, revision } })));
  }

  /** What conversions tell at once of the records that they made or changed. */
  async told(tx: Tx, items: QuestionOf<typeof LockConvertedLeads>['items']): Promise<void> {
    await this.keepAccounts(tx, toldOf('account', items));
    await this.keepContacts(tx, toldOf('contact', items));
    await this.keepCustomers(tx, toldOf('customer', items));
  }

  private keepAccounts(tx: Tx, accounts: Told<'account'>[]): Promise<void> {
    return this.accounts.keepAccounts(tx, accounts.map(({ tenant, of: { id, revision, name, domain, owner_id } }) => (
      { tenant_id: tenant, account_id: id, revision, name, domain: domain ?? null, owner_id: owner_id ?? null })));
  }

  private keepContacts(tx: Tx, contacts: Told<'contact'>[]): Promise<void> {
    return this.accounts.keepContacts(tx, contacts.map(({ tenant, of: { id, revision, account_id, email } }) => {
      const { key, kind } = readEmail(email);
      return { tenant_id: tenant, contact_id: id, revision, account_id, email: kind === 'role' ? null : key };
    }));
  }

  private keepCustomers(tx: Tx, customers: Told<'customer'>[]): Promise<void> {
    return this.accounts.keepOwners(tx, customers.map(({ tenant, of: { contact_id, account_id, owner_id, revision } }) => (
      { tenant_id: tenant, contact_id, account_id, owner_id: owner_id ?? null, customer_revision: revision })));
  }
}

/** The newest of each: one account may be that of several leads. */
function toldOf<Kind extends keyof RecordsTold>(kind: Kind, items: QuestionOf<typeof LockConvertedLeads>['items']): Told<Kind>[] {
  const told = new Map<string, Told<Kind>>();
  for (const { tenant, records } of items) {
    const of = records?.[kind];
    if (!of) continue;
    const key = `${tenant} ${'id' in of ? of.id : of.contact_id}`;
    if ((told.get(key)?.of.revision ?? -1) < of.revision) told.set(key, { tenant, of });
  }
  return [...told.values()];
}
