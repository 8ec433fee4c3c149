import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type MergeLeads as MergeLeadsRequest, type QuestionOf } from '@headwater/contracts';
import { attemptOf, firstAnswer } from '@headwater/messaging';
import { Database, faultPoint } from '@headwater/platform';
import { assertWritable } from '../domain/assert-writable';
import { LeadsStore } from '../store/leads.store';
import { MergesStore } from '../store/merges.store';
import { actorLabel } from './actor-label';
import { FindPrimaries } from './find-primaries';
import { HoldReservation } from './hold-reservation';
import { NewsOfMerge } from './news-of-merge';
import { TellOthers } from './tell-others';
import { WriteMerge } from './write-merge';

type Question = QuestionOf<typeof MergeLeadsRequest>;
export type MergeAnswer = AnswerOf<typeof MergeLeadsRequest>;

/**
 * Merges leads into a primary: all of it or nothing, over services. The leads are reserved at qualification under a token; one
 * transaction of ours, guarded by that token, decides. A crash in between leaves a lease that runs out; then qualification asks
 * `SettleMerge`.
 */
@Injectable()
export class MergeLeads {
  constructor(
    private readonly database: Database, private readonly leads: LeadsStore, private readonly primaries: FindPrimaries,
    private readonly merges: MergesStore, private readonly reservation: HoldReservation, private readonly writing: WriteMerge,
    private readonly news: NewsOfMerge, private readonly others: TellOthers,
  ) {}

  /**
   * @param likely the review that is the reason, where that is no person's: it is to be open and of the band `same` still
   * @throws DomainError not_found, invalid, precondition_failed, and conflicts: `lead_locked`, `lead_merged` (with the primary),
   * `conversion_in_progress`, `merge_in_progress`, `merge_given_up`, `review_decided`
   */
  async merge(asked: Question, likely?: number): Promise<MergeAnswer> {
    const question = { ...asked, lead_ids: [...new Set(asked.lead_ids)].sort((a, b) => a - b) };
    const begun = await this.begin(question);
    if ('answer' in begun) {
      // The first attempt may have ended between its commit and this.
      await this.others.tell(await this.news.ofMerge(question.context.tenant.id, begun.answer.merge.id, question.context.correlation_id));
      return begun.answer;
    }
    faultPoint('merge.after_begin');
    const { token, id } = begun;
    const tenant = question.context.tenant.id;
    const reserved = { context: question.context, leadIds: [question.lead_id, ...question.lead_ids], token, holder: 'merge' as const };
    const answer = await this.reservation.hold(reserved, () => this.writing.write(question, { tenant, id, token, likely }, attemptOf(question.context)));
    faultPoint('merge.after_commit');
    await this.others.tell(await this.news.ofMerge(tenant, id, question.context.correlation_id), token);
    return answer;
  }

  /** Writes down, in a transaction of its own, who merges what. @returns the attempt, or the stored answer to the same key */
  private async begin({ context, lead_id, lead_ids, reason, expected_revisions = {} }: Question): Promise<{ id: number; token: string } | { answer: MergeAnswer }> {
    if (lead_ids.includes(lead_id)) {
      throw DomainError.invalidField('lead_ids', 'not_applicable', `lead_ids contains ${lead_id}, which is the primary`);
    }
    const tenant = context.tenant.id;
    const token = randomUUID();
    return this.database.transaction(async (tx) => {
      const answer = await firstAnswer<MergeAnswer>(tx, attemptOf(context));
      if (answer) return { answer };
      const leads = await this.leads.get(tx, tenant, [lead_id, ...lead_ids]);
      if (leads.length <= lead_ids.length) throw DomainError.notFound('Lead');
      assertWritable(leads, await this.primaries.of(tx, tenant, leads), expected_revisions);
      const id = await this.merges.start(tx, {
        tenant, token, primaryId: lead_id, leadIds: lead_ids, actor: actorLabel(context.actor), reason: reason?.trim() || null,
      });
      return { id, token };
    });
  }
}
