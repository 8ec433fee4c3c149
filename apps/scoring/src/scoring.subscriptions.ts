import { Injectable } from '@nestjs/common';
import {
  LeadCaptured, LeadConverted, LeadDisqualified, LeadEngaged, LeadEnriched, LeadMerged, LeadQualified, LeadUnmerged, LeadUpdated, NurtureEnrolled, NurtureExited, OpportunityLost, OpportunityWon,
  TenantChanged,
} from '@headwater/contracts';
import { on, type Subscription, type Subscriptions } from '@headwater/messaging';
import { AuditDaily } from './audit/audit-daily';
import { KeepOutcomes } from './audit/keep-outcomes';
import { FollowMerges } from './follow-merges';
import { bringsOverride, OverrideScore } from './override-score';
import { ScoreLeads } from './score-leads';
import { TellSignals } from './signals/tell-signals';

@Injectable()
export class ScoringSubscriptions implements Subscriptions {
  constructor(
    private readonly scoring: ScoreLeads,
    private readonly overriding: OverrideScore,
    private readonly merges: FollowMerges,
    private readonly outcomes: KeepOutcomes,
    private readonly audit: AuditDaily,
    private readonly telling: TellSignals,
  ) {}

  list(): Subscription[] {
    return [
      on(LeadCaptured, (events, tx) => this.scoring.fromIntake(events, tx)),
      on(LeadUpdated, (events, tx) => this.scoring.fromIntake(events, tx)),
      on(LeadEnriched, (events, tx) => this.scoring.fromEnrichment(events, tx)),
      on(LeadEngaged, (events, tx) => this.scoring.fromSignals(events, tx)),
      on(LeadQualified, (events, tx) => this.overriding.fromQualification(events, tx), { everyOne: true, matters: bringsOverride }),
      on(LeadMerged, (events, tx) => this.merges.fromIntake('merge', events, tx)),
      on(LeadUnmerged, (events, tx) => this.merges.fromIntake('unmerge', events, tx)),
      on(LeadConverted, (events, tx) => this.outcomes.fromConversion(events, tx)),
      on(LeadDisqualified, (events, tx) => this.outcomes.fromDisqualification(events, tx)),
      on(OpportunityWon, (events, tx) => this.outcomes.fromDeals('won', events, tx)),
      on(OpportunityLost, (events, tx) => this.outcomes.fromDeals('lost', events, tx)),
      on(NurtureEnrolled, (events, tx) => this.telling.fromNurturing(events, tx)),
      on(NurtureExited, (events, tx) => this.telling.fromNurturing(events, tx)),
      on(TenantChanged, (events, tx) => this.audit.fromTenants(events, tx)),
    ];
  }
}
