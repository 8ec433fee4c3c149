import { Injectable } from '@nestjs/common';
import { LeadCaptured, LeadConverted, LeadMerged, LeadScored, LeadSignalled, LeadTouched, LeadUnmerged, LeadUpdated, OpportunityWon, TenantChanged } from '@headwater/contracts';
import { on, type Subscription, type Subscriptions } from '@headwater/messaging';
import { FollowLeadScores } from './follow-scores';
import { FollowMerges } from './follow-merges';
import { FollowWins } from './follow-wins';
import { KeepPolicies } from './keep-policies';
import { KnowLeads } from './know-leads';
import { EnrolOpenLeads } from './nurturing/enrol-open';
import { ExitLeads } from './nurturing/exit-leads';
import { NurtureRulesInForce } from './nurturing/rules-in-force';
import { ReopenLeads } from './reopen-leads';
import { SettleLeads } from './settle-lead';

@Injectable()
export class QualificationSubscriptions implements Subscriptions {
  constructor(
    private readonly know: KnowLeads,
    private readonly scores: FollowLeadScores,
    private readonly reopen: ReopenLeads,
    private readonly settlements: SettleLeads,
    private readonly merges: FollowMerges,
    private readonly policies: KeepPolicies,
    private readonly wins: FollowWins,
    private readonly exits: ExitLeads,
    private readonly enrolling: EnrolOpenLeads,
    private readonly rules: NurtureRulesInForce,
  ) {}

  list(): Subscription[] {
    return [
      on(LeadCaptured, (events, tx) => this.know.fromIntake(events, tx)),
      // Every one, not the newest alone: each may raise the stage, and neither the order in which they come matters nor how often.
      on(LeadScored, (events, tx) => this.scores.fromScoring(events, tx), { everyOne: true, isRepeatable: true }),
      on(LeadSignalled, (events, tx) => this.exits.fromSignals(events, tx)),
      on(LeadTouched, (events, tx) => this.reopen.fromIntake(events, tx)),
      // Of other tenants' leads nothing follows, and they are many. Of these every one, for each says what it has changed.
      on(LeadUpdated, (events, tx) => this.enrolling.fromIntake(events, tx), { everyOne: true, concerns: (tenant) => this.rules.mayAskForFacts(tenant) }),
      on(LeadConverted, (events, tx) => this.settlements.fromConversion(events, tx)),
      on(LeadMerged, (events, tx) => this.merges.fromIntake('merge', events, tx)),
      on(LeadUnmerged, (events, tx) => this.merges.fromIntake('unmerge', events, tx)),
      on(OpportunityWon, (events, tx) => this.wins.fromConversion(events, tx)),
      on(TenantChanged, (events, tx) => this.policies.fromTenants(events, tx)),
    ];
  }
}
