import { Injectable } from '@nestjs/common';
import type { AnswerOf, QuestionOf, SettleMerge as SettleMergeRequest } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { MergesStore } from '../store/merges.store';
import { NewsOfMerge } from './news-of-merge';

/**
 * Answers qualification, whose lease has run out, what became of a merge or of its end. What isn't done is given up in the same
 * transaction, so that somebody who was merely slow can't finish after this answer.
 */
@Injectable()
export class SettleMerge {
  constructor(private readonly database: Database, private readonly merges: MergesStore, private readonly news: NewsOfMerge) {}

  settle({ tenant, lead_id, token }: QuestionOf<typeof SettleMergeRequest>): Promise<AnswerOf<typeof SettleMergeRequest>> {
    return this.database.transaction(async (tx): Promise<AnswerOf<typeof SettleMergeRequest>> => {
      const row = await this.merges.byToken(tx, tenant, token);
      if (!row || await this.merges.abort(tx, tenant, token)) {
        return { outcome: { kind: 'aborted', lead_ids: row ? [row.primary_id, ...row.lead_ids] : [lead_id] } };
      }
      return { outcome: { kind: 'done', news: await this.news.ofRow(tx, row, `settle merge ${row.id}`) } };
    });
  }
}
