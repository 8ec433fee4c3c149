import { Injectable } from '@nestjs/common';
import {
  LeadContactAttempted, LeadContacted, LeadConverted, LeadDisqualified, LeadMerged, LeadNurtured, LeadQualified, LeadRated, LeadReopened, LeadScored, LeadUnmerged,
  NurtureExited, TenantChanged,
} from '@headwater/contracts';
import { on, type Subscription, type Subscriptions } from '@headwater/messaging';
import { KeepCalendars } from './calendars/keep-calendars';
import { FollowMerges } from './follow-merges';
import { LockAssignment } from './lock-assignment';
import { ReturnLeads } from './returning/return-leads';
import { RouteLeads } from './route-leads';
import { FollowStatuses } from './sla/follow-statuses';

/** Everything that routing listens to. */
@Injectable()
export class RoutingSubscriptions implements Subscriptions {
  constructor(
    private readonly routeLeads: RouteLeads, private readonly lockAssignment: LockAssignment, private readonly merges: FollowMerges,
    private readonly statuses: FollowStatuses, private readonly returning: ReturnLeads, private readonly calendars: KeepCalendars,
  ) {}

  list(): Subscription[] {
    return [
      on(LeadScored, (events, tx) => this.routeLeads.fromScores(events, tx)),
      on(LeadRated, (events, tx) => this.routeLeads.fromRatings(events, tx)),
      on(LeadConverted, (events, tx) => this.lockAssignment.fromEvents(events, tx)),
      on(LeadMerged, (events, tx) => this.merges.fromIntake('merge', events, tx)),
      on(LeadUnmerged, (events, tx) => this.merges.fromIntake('unmerge', events, tx)),
      on(NurtureExited, (events, tx) => this.returning.fromNurturing(events, tx)),
      on(TenantChanged, (events, tx) => this.calendars.fromTenants(events, tx)),
      // Every one: each tells when somebody called, besides where the lead stands now.
      on(LeadContacted, (events, tx) => this.statuses.fromQualification(events, tx), { everyOne: true }),
      on(LeadQualified, (events, tx) => this.statuses.fromQualification(events, tx), { everyOne: true }),
      on(LeadContactAttempted, (events, tx) => this.statuses.fromAttempts(events, tx)),
      on(LeadNurtured, (events, tx) => this.statuses.fromQualification(events, tx)),
      on(LeadDisqualified, (events, tx) => this.statuses.fromQualification(events, tx)),
      on(LeadReopened, (events, tx) => this.statuses.fromQualification(events, tx)),
    ];
  }
}
