import { Injectable } from '@nestjs/common';
import { LeadCaptured, LeadConverted, LeadEngaged, LeadEnriched, LeadQualified, LeadUpdated } from '@headwater/contracts';
import { on, type Subscription, type Subscriptions } from '@headwater/messaging';
import { LockScore } from './lock-score';
import { OverrideScore } from './override-score';
import { ScoreLeads } from './score-leads';

@Injectable()
export class ScoringSubscriptions implements Subscriptions {
  constructor(
    private readonly scoring: ScoreLeads,
    private readonly overriding: OverrideScore,
    private readonly locking: LockScore,
  ) {}

  list(): Subscription[] {
    return [
      on(LeadCaptured, (events, tx) => this.scoring.fromIntake(events, tx)),
      on(LeadUpdated, (events, tx) => this.scoring.fromIntake(events, tx)),
      on(LeadEnriched, (events, tx) => this.scoring.fromEnrichment(events, tx)),
      on(LeadEngaged, (events, tx) => this.scoring.fromSignals(events, tx)),
      on(LeadQualified, (events, tx) => this.overriding.fromQualification(events, tx), { everyOne: true }),
      on(LeadConverted, (events, tx) => this.locking.fromConversion(events, tx)),
    ];
  }
}
