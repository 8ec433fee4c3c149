import { Injectable } from '@nestjs/common';
import { LeadConverted, LeadDisqualified } from '@headwater/contracts';
import { on, type Subscription, type Subscriptions } from '@headwater/messaging';
import { LockScore } from '../lock-score';
import { KeepOutcomes } from './keep-outcomes';

/** Where it is told what becomes of leads. */
@Injectable()
export class AuditSubscriptions implements Subscriptions {
  constructor(private readonly outcomes: KeepOutcomes, private readonly locking: LockScore) {}

  list(): Subscription[] {
    return [
      on(LeadConverted, async (events, tx) => {
        await this.locking.fromConversion(events, tx);
        await this.outcomes.fromConversion(events, tx);
      }),
      on(LeadDisqualified, (events, tx) => this.outcomes.fromDisqualification(events, tx)),
    ];
  }
}
