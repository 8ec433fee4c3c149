import { Injectable } from '@nestjs/common';
import { DomainError, LeadUnmerged, type AnswerOf, type Context, type UnmergeLeads } from '@headwater/contracts';
import { causedByRequest, Outbox, remember, type KeyedAttempt } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { assertWritable } from '../domain/assert-writable';
import { stateOf, type Lead } from '../domain/lead';
import { leadUpdated } from '../domain/lead-events';
import { keysAfterUnmerge } from '../domain/merging/keys-after-unmerge';
import { unmergePrimary, type MergeSnapshot, type UnmergedPrimary } from '../domain/merging/unmerge-leads';
import { readProfile } from '../domain/read-profile';
import { keysOf } from '../domain/read-submission';
import { FollowMerges } from '../matching/follow-merges';
import { LeadsStore } from '../store/leads.store';
import { MergedLeadsStore } from '../store/merged-leads.store';
import { mergeView, MergesStore, type MergeAttempt, type MergeRow } from '../store/merges.store';
import { untilNotBeaten } from '../store/until-not-beaten';
import { FindPrimaries } from './find-primaries';
import { LockLeadsAndKeys } from './lock-leads-and-keys';
import { apart } from './write-merge';

type Answer = AnswerOf<typeof UnmergeLeads>;

/** The one transaction in which a merge is taken back or isn't. */
@Injectable()
export class WriteUnmerge {
  constructor(
    private readonly database: Database, private readonly outbox: Outbox, private readonly merges: MergesStore,
    private readonly locks: LockLeadsAndKeys, private readonly leads: LeadsStore, private readonly merged: MergedLeadsStore,
    private readonly primaries: FindPrimaries, private readonly matching: FollowMerges,
  ) {}

  /** @throws DomainError as `assertWritable` for the primary; `merge_given_up` when the attempt is no longer the caller's */
  write(context: Context, attempt: MergeAttempt, keyed: KeyedAttempt | undefined): Promise<Answer> {
    return untilNotBeaten(() => this.database.transaction(async (tx) => {
      const row = await this.merges.holdUndo(tx, attempt);
      if (!row) throw DomainError.conflict('merge_given_up', 'Taking the merge back took too long and was given up: try again');
      const answer = await this.unmerge(tx, context, row);
      await remember(tx, keyed ? [{ attempt: keyed, answer }] : []);
      return answer;
    }));
  }

  /** What would be left as it is, without writing anything. */
  async tryOut({ tenant }: Context, row: MergeRow): Promise<Answer> {
    const [primary] = await this.leads.get(this.database, tenant.id, [row.primary_id]);
    const { conflicts } = unmergePrimary(primary, row.snapshot as MergeSnapshot, primary.updated_at);
    return { merge: { ...mergeView(row), conflicts } };
  }

  private async unmerge(tx: Tx, context: Context, row: MergeRow & { now: string }): Promise<Answer> {
    const { primary_id, lead_ids } = row;
    const tenant = context.tenant.id;
    const { leads, keys } = await this.locks.lock(tx, tenant, [primary_id, ...lead_ids]);
    const [present] = apart(leads, primary_id);
    assertWritable([present], await this.primaries.of(tx, tenant, [present]));
    const snapshot = row.snapshot as MergeSnapshot;
    const primary = unmergePrimary(present, snapshot, row.now);
    await this.leads.save(tx, [primary.lead]);
    const back = await this.merged.tie(tx, tenant, lead_ids, null);
    await this.merged.replaceKeys(tx, tenant, [primary_id, ...lead_ids], keysAfterUnmerge(primary_id, {
      before: snapshot.keys, present: keys, own: keysOf(readProfile(primary.lead.profile, context.tenant)),
    }));
    await this.matching.unmerged(tx, tenant, [primary_id, ...lead_ids]);
    const done = await this.merges.finishUndo(tx, { tenant, id: row.id }, primary.conflicts);
    await this.announce(tx, context, done, primary, back);
    return { merge: mergeView(done) };
  }

  private async announce(tx: Tx, context: Context, { id, primary_id, undone_by }: MergeRow, { lead, changed }: UnmergedPrimary, back: Lead[]): Promise<void> {
    const events = [
      leadUpdated(lead, changed),
      ...back.map((one) => LeadUnmerged.ofLead(one.tenant_id, { lead_id: one.id, revision: one.revision },
        { lead: stateOf(one), primary_id, merge_id: id, actor: undone_by })),
    ];
    await this.outbox.add(tx, events.map((event) => ({ event, cause: causedByRequest(context) })));
  }
}
