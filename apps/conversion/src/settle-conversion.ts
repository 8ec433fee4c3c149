import { Injectable } from '@nestjs/common';
import type { AnswerOf, QuestionOf, SettleConversion as SettleConversionRequest } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { ConversionsStore } from './store/conversions.store';

/**
 * Answers qualification, whose lease has run out, what became of a conversion. What isn't done is given up in the same
 * transaction, so that a converter that was merely slow can't finish after this answer.
 */
@Injectable()
export class SettleConversion {
  constructor(private readonly database: Database, private readonly conversions: ConversionsStore) {}

  settle({ tenant, lead_id, token }: QuestionOf<typeof SettleConversionRequest>): Promise<AnswerOf<typeof SettleConversionRequest>> {
    return this.database.transaction(async (tx) => {
      const row = await this.conversions.lockConversion(tx, tenant, lead_id);
      if (row?.converted) return { outcome: { kind: 'done', converted: row.converted, actor: row.actor } };
      // Another token's attempt goes on; this token's can't finish any more, since it isn't in the row.
      await this.conversions.abort(tx, [{ tenant, leadId: lead_id, token }]);
      return { outcome: { kind: 'aborted' } };
    });
  }
}
