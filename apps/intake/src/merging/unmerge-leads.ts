import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type QuestionOf, type UnmergeLeads as UnmergeLeadsRequest } from '@headwater/contracts';
import { attemptOf, firstAnswer } from '@headwater/messaging';
import { Database, faultPoint, type Tx } from '@headwater/platform';
import { assertWritable } from '../domain/assert-writable';
import { LeadsStore } from '../store/leads.store';
import { MergesStore, type MergeRow } from '../store/merges.store';
import { actorLabel } from './actor-label';
import { FindPrimaries } from './find-primaries';
import { HoldReservation, LEASE_SECONDS } from './hold-reservation';
import { NewsOfMerge } from './news-of-merge';
import { TellOthers } from './tell-others';
import { WriteUnmerge } from './write-unmerge';

type Question = QuestionOf<typeof UnmergeLeadsRequest>;
type Answer = AnswerOf<typeof UnmergeLeadsRequest>;

/** Takes a merge back, by the same steps as it was made: begin, reserve, one transaction guarded by the token, tell the others. */
@Injectable()
export class UnmergeLeads {
  constructor(
    private readonly database: Database, private readonly leads: LeadsStore, private readonly primaries: FindPrimaries,
    private readonly merges: MergesStore, private readonly reservation: HoldReservation, private readonly writing: WriteUnmerge,
    private readonly news: NewsOfMerge, private readonly others: TellOthers,
  ) {}

  /**
   * @throws DomainError not_found, and conflicts: `not_merged` (never done, or taken back before), `lead_locked`, `lead_merged`
   * (the primary is merged by now: that goes first), `conversion_in_progress`, `merge_in_progress`, `merge_given_up`
   */
  async unmerge(question: Question): Promise<Answer> {
    const { context, merge_id: id, dry_run } = question;
    const tenant = context.tenant.id;
    if (dry_run) {
      return this.writing.tryOut(context, await this.database.transaction((tx) => this.undoable(tx, tenant, id)));
    }
    const begun = await this.begin(question);
    if ('answer' in begun) {
      await this.others.tell(await this.news.ofMerge(tenant, id, context.correlation_id));
      return begun.answer;
    }
    faultPoint('merge.after_begin');
    const { token, row } = begun;
    const reserved = { context, leadIds: [row.primary_id, ...row.lead_ids], token, holder: 'unmerge' as const };
    const answer = await this.reservation.hold(reserved, () => this.writing.write(context, { tenant, id, token }, attemptOf(context)));
    faultPoint('merge.after_commit');
    await this.others.tell(await this.news.ofMerge(tenant, id, context.correlation_id), token);
    return answer;
  }

  private begin({ context, merge_id }: Question): Promise<{ row: MergeRow; token: string } | { answer: Answer }> {
    const token = randomUUID();
    return this.database.transaction(async (tx) => {
      const answer = await firstAnswer<Answer>(tx, attemptOf(context));
      if (answer) return { answer };
      const row = await this.undoable(tx, context.tenant.id, merge_id);
      if (row.undoing) throw DomainError.conflict('merge_in_progress', 'The merge is being taken back at this moment');
      await this.merges.startUndo(tx, { tenant: context.tenant.id, id: merge_id, token }, actorLabel(context.actor), LEASE_SECONDS);
      return { row, token };
    });
  }

  private async undoable(tx: Tx, tenant: string, id: number): Promise<MergeRow> {
    const row = await this.merges.find(tx, tenant, id, { lock: true });
    if (!row) throw DomainError.notFound('Merge');
    if (row.state !== 'done') {
      throw DomainError.conflict('not_merged', row.state === 'undone' ? 'The merge was taken back before' : 'The merge was not done');
    }
    const primary = await this.leads.get(tx, tenant, [row.primary_id]);
    assertWritable(primary, await this.primaries.of(tx, tenant, primary));
    return row;
  }
}
