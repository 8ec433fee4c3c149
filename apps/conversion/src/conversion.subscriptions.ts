import { Injectable } from '@nestjs/common';
import { ContactOptedOut } from '@headwater/contracts';
import { on, type Subscription, type Subscriptions } from '@headwater/messaging';
import { FollowOptOuts } from './follow-opt-outs';

/** What conversion listens to. */
@Injectable()
export class ConversionSubscriptions implements Subscriptions {
  constructor(private readonly optOuts: FollowOptOuts) {}

  list(): Subscription[] {
    return [on(ContactOptedOut, (events, tx) => this.optOuts.fromIntake(events, tx))];
  }
}
