import { Injectable } from '@nestjs/common';
import { LeadCaptured, LeadEngaged, LeadEnriched, LeadMerged, LeadQualified, LeadUnmerged, LeadUpdated } from '@headwater/contracts';
import { on, type Subscription, type Subscriptions } from '@headwater/messaging';
import { AuditSubscriptions } from './audit/audit.subscriptions';
import { FollowMerges } from './follow-merges';
import { OverrideScore } from './override-score';
import { ScoreLeads } from './score-leads';

@Injectable()
export class ScoringSubscriptions implements Subscriptions {
  constructor(
    private readonly scoring: ScoreLeads,
    private readonly overriding: OverrideScore,
    private readonly merges: FollowMerges,
    private readonly audit: AuditSubscriptions,
  ) {}

  list(): Subscription[] {
    return [
      on(LeadCaptured, (events, tx) => this.scoring.fromIntake(events, tx)),
      on(LeadUpdated, (events, tx) => this.scoring.fromIntake(events, tx)),
      on(LeadEnriched, (events, tx) => this.scoring.fromEnrichment(events, tx)),
      on(LeadEngaged, (events, tx) => this.scoring.fromSignals(events, tx)),
      on(LeadQualified, (events, tx) => this.overriding.fromQualification(events, tx), { everyOne: true }),
      on(LeadMerged, (events, tx) => this.merges.fromIntake('merge', events, tx)),
      on(LeadUnmerged, (events, tx) => this.merges.fromIntake('unmerge', events, tx)),
      ...this.audit.list(),
    ];
  }
}
