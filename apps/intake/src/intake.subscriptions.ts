import { Injectable } from '@nestjs/common';
import { AccountCreated, AccountUpdated, ContactCreated, ContactUpdated, LeadConverted } from '@headwater/contracts';
import { on, type Subscription, type Subscriptions } from '@headwater/messaging';
import { LockLeads } from './lock-leads';
import { KnowAccounts } from './matching/know-accounts';

/** Everything that intake listens to. */
@Injectable()
export class IntakeSubscriptions implements Subscriptions {
  constructor(private readonly lockLeads: LockLeads, private readonly knowAccounts: KnowAccounts) {}

  list(): Subscription[] {
    return [
      on(LeadConverted, (events, tx) => this.lockLeads.onConverted(events, tx)),
      on(AccountCreated, (events, tx) => this.knowAccounts.fromAccounts(events, tx)),
      on(AccountUpdated, (events, tx) => this.knowAccounts.fromAccounts(events, tx)),
      on(ContactCreated, (events, tx) => this.knowAccounts.fromContacts(events, tx)),
      on(ContactUpdated, (events, tx) => this.knowAccounts.fromContacts(events, tx)),
    ];
  }
}
