import { Injectable } from '@nestjs/common';
import type { LockConvertedScores, LockScore as LockRequest, QuestionOf } from '@headwater/contracts';
import { Consumer, ToldEvents } from '@headwater/messaging';
import { Database, faultPoint } from '@headwater/platform';
import { KeepOutcomes } from './audit/keep-outcomes';

/** A converted lead keeps its score: no command changes it, and its clock stands still. */
@Injectable()
export class LockScore {
  constructor(private readonly database: Database, private readonly outcomes: KeepOutcomes, private readonly events: ToldEvents, private readonly consumer: Consumer) {}

  /** Repeatable. A lead that isn't known yet is locked before it arrives. */
  lock(question: QuestionOf<typeof LockRequest>): Promise<Record<string, never>> {
    return this.lockAll({ items: [question] });
  }

  /** Several, likewise. */
  async lockAll({ items }: QuestionOf<typeof LockConvertedScores>): Promise<Record<string, never>> {
    this.consumer.sawLive();
    await this.events.during(items.flatMap(({ events = [] }) => events), () => this.database.transaction(async (tx) => {
      await this.outcomes.convert(tx, items.map(({ tenant, lead_id, converted }) => ({ tenant, leadId: lead_id, converted })));
      faultPoint('conversion.before_score_locked');
    }));
    return {};
  }
}
