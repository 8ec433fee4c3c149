import { Injectable } from '@nestjs/common';
import { LeadConverted, LeadMerged, LeadRated, LeadScored, LeadUnmerged } from '@headwater/contracts';
import { on, type Subscription, type Subscriptions } from '@headwater/messaging';
import { FollowMerges } from './follow-merges';
import { LockAssignment } from './lock-assignment';
import { RouteLeads } from './route-leads';

/** Everything that routing listens to. */
@Injectable()
export class RoutingSubscriptions implements Subscriptions {
  constructor(
    private readonly routeLeads: RouteLeads, private readonly lockAssignment: LockAssignment, private readonly merges: FollowMerges,
  ) {}

  list(): Subscription[] {
    return [
      on(LeadScored, (events, tx) => this.routeLeads.fromScores(events, tx)),
      on(LeadRated, (events, tx) => this.routeLeads.fromRatings(events, tx)),
      on(LeadConverted, (events, tx) => this.lockAssignment.fromEvents(events, tx)),
      on(LeadMerged, (events, tx) => this.merges.fromIntake('merge', events, tx)),
      on(LeadUnmerged, (events, tx) => this.merges.fromIntake('unmerge', events, tx)),
    ];
  }
}
