import { Injectable } from '@nestjs/common';
import type { AccountCreatedData, ContactCreatedData, CustomerCreatedData, Envelope } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { readEmail } from '../domain/email';
import { KnownAccountsStore } from '../store/known-accounts.store';

/** Keeps what of conversion's records is needed to know again who belongs to them. */
@Injectable()
export class KnowAccounts {
  constructor(private readonly accounts: KnownAccountsStore) {}

  fromAccounts(events: Envelope<AccountCreatedData>[], tx: Tx): Promise<void> {
    return this.accounts.keepAccounts(tx, events.map(({ tenantid, revision = 0, data: { account } }) => ({
      tenant_id: tenantid, account_id: account.id, revision, name: account.name, domain: account.domain ?? null, owner_id: account.owner_id ?? null,
    })));
  }

  fromContacts(events: Envelope<ContactCreatedData>[], tx: Tx): Promise<void> {
    return this.accounts.keepContacts(tx, events.map(({ tenantid, revision = 0, data: { contact } }) => {
      const { key, kind } = readEmail(contact.email);
      return { tenant_id: tenantid, contact_id: contact.id, revision, account_id: contact.account_id, email: kind === 'role' ? null : key };
    }));
  }

  /** Whose customer a contact is: conversion has one customer at most for each. */
  fromCustomers(events: Envelope<CustomerCreatedData>[], tx: Tx): Promise<void> {
    return this.accounts.keepOwners(tx, events.map(({ tenantid, revision = 0, data: { customer: { contact_id, account_id, owner_id } } }) =>
      ({ tenant_id: tenantid, contact_id, account_id, owner_id: owner_id ?? null, customer_revision: revision })));
  }
}
