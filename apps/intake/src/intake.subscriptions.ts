import { Injectable } from '@nestjs/common';
import { LeadConverted } from '@headwater/contracts';
import { on, type Subscription, type Subscriptions } from '@headwater/messaging';
import { LockLeads } from './lock-leads';

/** Everything that intake listens to. */
@Injectable()
export class IntakeSubscriptions implements Subscriptions {
  constructor(private readonly lockLeads: LockLeads) {}

  list(): Subscription[] {
    return [
      on(LeadConverted, (events, tx) => this.lockLeads.onConverted(events, tx)),
    ];
  }
}
