import { Injectable } from '@nestjs/common';
import { LeadConverted, LeadRated, LeadScored } from '@headwater/contracts';
import { on, type Subscription, type Subscriptions } from '@headwater/messaging';
import { LockAssignment } from './lock-assignment';
import { RouteLeads } from './route-leads';

/** Everything that routing listens to. */
@Injectable()
export class RoutingSubscriptions implements Subscriptions {
  constructor(private readonly routeLeads: RouteLeads, private readonly lockAssignment: LockAssignment) {}

  list(): Subscription[] {
    return [
      on(LeadScored, (events, tx) => this.routeLeads.fromScores(events, tx)),
      on(LeadRated, (events, tx) => this.routeLeads.fromRatings(events, tx)),
      on(LeadConverted, (events, tx) => this.lockAssignment.fromEvents(events, tx)),
    ];
  }
}
