import { Injectable } from '@nestjs/common';
import type { LockConvertedScores, LockScore as LockRequest, QuestionOf } from '@headwater/contracts';
import { Database, faultPoint, type Tx } from '@headwater/platform';
import { ScoresStore, type Conversion } from './store/scores.store';

/** A converted lead keeps its score: no command changes it, and its clock stands still. */
@Injectable()
export class LockScore {
  constructor(private readonly database: Database, private readonly scores: ScoresStore) {}

  /** Repeatable. A lead that isn't known yet is locked before it arrives. */
  async lock({ tenant, lead_id, converted }: QuestionOf<typeof LockRequest>): Promise<Record<string, never>> {
    await this.database.transaction((tx) => this.mark(tx, [{ tenant, leadId: lead_id, converted }]));
    return {};
  }

  /** Several, likewise. */
  async lockAll({ items }: QuestionOf<typeof LockConvertedScores>): Promise<Record<string, never>> {
    await this.database.transaction(async (tx) => {
      await this.mark(tx, items.map(({ tenant, lead_id, converted }) => ({ tenant, leadId: lead_id, converted })));
      faultPoint('conversion.before_score_locked');
    });
    return {};
  }

  private async mark(tx: Tx, conversions: Conversion[]): Promise<void> {
    await this.scores.lock(tx, conversions);
    await this.scores.markConverted(tx, conversions);
  }
}
