import { Injectable } from '@nestjs/common';
import {
  countsAsContact, LeadContactAttempted, LeadContacted, LeadConverted, LeadDisqualified, LeadMerged, LeadNurtured, LeadQualified, LeadRated, LeadReopened, LeadScored, LeadUnmerged,
  NurtureExited, TenantChanged, type ContactAttemptedData, type StatusChangedData,
} from '@headwater/contracts';
import { on, type Handler, type Subscription, type Subscriptions } from '@headwater/messaging';
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
    // One for all that people do with leads: what comes together costs little more than one of it.
    const follow: Handler<StatusChangedData | ContactAttemptedData> = (events, tx) => this.statuses.fromQualification(events, tx);
    return [
      on(LeadScored, (events, tx) => this.routeLeads.fromScores(events, tx)),
      on(LeadRated, (events, tx) => this.routeLeads.fromRatings(events, tx)),
      on(LeadConverted, (events, tx) => this.lockAssignment.fromEvents(events, tx)),
      on(LeadMerged, (events, tx) => this.merges.fromIntake('merge', events, tx)),
      on(LeadUnmerged, (events, tx) => this.merges.fromIntake('unmerge', events, tx)),
      on(NurtureExited, (events, tx) => this.returning.fromNurturing(events, tx)),
      on(TenantChanged, (events, tx) => this.calendars.fromTenants(events, tx)),
      // Every one: each tells when somebody called, besides where the lead stands now.
      on(LeadContacted, follow, { everyOne: true }),
      on(LeadQualified, follow, { everyOne: true }),
      on(LeadContactAttempted, follow, { matters: countsAsContact }),
      on(LeadNurtured, follow),
      on(LeadDisqualified, follow),
      on(LeadReopened, follow),
    ];
  }
}
