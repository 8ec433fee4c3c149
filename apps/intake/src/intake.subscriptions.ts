import { Injectable } from '@nestjs/common';
import { AccountCreated, AccountUpdated, ContactCreated, ContactUpdated, CustomerCreated, CustomerUpdated, LeadConverted, TenantChanged } from '@headwater/contracts';
import { on, type Subscription, type Subscriptions } from '@headwater/messaging';
import { LockLeads } from './lock-leads';
import { KnowAccounts } from './matching/know-accounts';
import { KeepSettings } from './merging/keep-settings';

/** Everything that intake listens to. */
@Injectable()
export class IntakeSubscriptions implements Subscriptions {
  constructor(private readonly lockLeads: LockLeads, private readonly knowAccounts: KnowAccounts, private readonly settings: KeepSettings) {}

  list(): Subscription[] {
    return [
      on(LeadConverted, (events, tx) => this.lockLeads.onConverted(events, tx)),
      on(AccountCreated, (events, tx) => this.knowAccounts.fromAccounts(events, tx)),
      on(AccountUpdated, (events, tx) => this.knowAccounts.fromAccounts(events, tx)),
      on(ContactCreated, (events, tx) => this.knowAccounts.fromContacts(events, tx)),
      on(ContactUpdated, (events, tx) => this.knowAccounts.fromContacts(events, tx)),
      on(CustomerCreated, (events, tx) => this.knowAccounts.fromCustomers(events, tx)),
      on(CustomerUpdated, (events, tx) => this.knowAccounts.fromCustomers(events, tx)),
      on(TenantChanged, (events, tx) => this.settings.fromTenants(events, tx)),
    ];
  }
}
