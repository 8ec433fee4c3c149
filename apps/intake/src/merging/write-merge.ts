import { Injectable } from '@nestjs/common';
import { DomainError, LeadMerged, type NewEvent } from '@headwater/contracts';
import { causedByRequest, Outbox, remember, type KeyedAttempt } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { assertWritable } from '../domain/assert-writable';
import { stateOf, type Lead } from '../domain/lead';
import { leadUpdated } from '../domain/lead-events';
import { mergeLeads } from '../domain/merging/merge-leads';
import { FollowMerges } from '../matching/follow-merges';
import { LeadsStore } from '../store/leads.store';
import { MergedLeadsStore } from '../store/merged-leads.store';
import { mergeView, MergesStore, type MergeAttempt, type MergeRow } from '../store/merges.store';
import { ReviewsStore } from '../store/reviews.store';
import { untilNotBeaten } from '../store/until-not-beaten';
import { actorLabel } from './actor-label';
import { assertChoices, type Choices } from './choices';
import { FindPrimaries } from './find-primaries';
import { LockLeadsAndKeys } from './lock-leads-and-keys';
import { MergePolicies } from './merge-policies';

/** With the review that is its reason, where that is no person's. */
type Attempt = MergeAttempt & { likely?: number };
type Written = { merge: ReturnType<typeof mergeView>; lead: ReturnType<typeof stateOf> };

/** The one transaction in which a merge happens or doesn't. */
@Injectable()
export class WriteMerge {
  constructor(
    private readonly database: Database, private readonly outbox: Outbox, private readonly merges: MergesStore,
    private readonly locks: LockLeadsAndKeys, private readonly leads: LeadsStore, private readonly merged: MergedLeadsStore,
    private readonly primaries: FindPrimaries, private readonly policies: MergePolicies,
    private readonly reviews: ReviewsStore, private readonly matching: FollowMerges,
  ) {}

  /** @throws DomainError as `assertWritable`; invalid; `merge_given_up` when the attempt is no longer the caller's; `review_decided` */
  write(question: Choices, attempt: Attempt, keyed: KeyedAttempt | undefined): Promise<Written> {
    return untilNotBeaten(() => this.database.transaction(async (tx) => {
      const answer = await this.merge(tx, question, attempt);
      await remember(tx, keyed ? [{ attempt: keyed, answer }] : []);
      return answer;
    }));
  }

  private async merge(tx: Tx, question: Choices, attempt: Attempt): Promise<Written> {
    const { context, lead_id, lead_ids, expected_revisions } = question;
    const tenant = context.tenant.id;
    const at = await this.merges.holdStarted(tx, attempt);
    if (!at) throw DomainError.conflict('merge_given_up', 'The merge took too long and was given up: try again');
    const { leads, keys } = await this.locks.lock(tx, tenant, [lead_id, ...lead_ids]);
    assertWritable(leads, await this.primaries.of(tx, tenant, leads), expected_revisions);
    if (attempt.likely !== undefined && !await this.reviews.holdLikely(tx, tenant, attempt.likely)) {
      throw DomainError.conflict('review_decided', 'The review was decided meanwhile, or says something else');
    }
    const [primary, losers] = apart(leads, lead_id);
    const { document: policy } = await this.policies.inForce(tx, tenant);
    const { lead, fields, changed } = mergeLeads(primary, losers, {
      policy, choices: assertChoices(question.fields), tenant: context.tenant, by: { id: context.actor.id, at },
    });
    await this.leads.save(tx, [lead]);
    const gone = await this.merged.tie(tx, tenant, lead_ids, lead_id);
    await this.merged.moveKeys(tx, tenant, lead_ids, lead_id);
    await this.matching.merged(tx, { tenant, primary: lead_id, losers: lead_ids, by: actorLabel(context.actor) });
    const row = await this.merges.finish(tx, attempt, { fields, snapshot: { leads, after: lead, keys } });
    const events = [
      leadUpdated(lead, changed), ...gone.map((one) => mergedEvent(one, row)),
    ];
    await this.outbox.add(tx, events.map((event) => ({ event, cause: causedByRequest(context) })));
    return { merge: mergeView(row), lead: stateOf(lead) };
  }
}

/** The primary, and the others in the order of their ids. */
export const apart = (leads: Lead[], primaryId: number): [Lead, Lead[]] =>
  [leads.find(({ id }) => id === primaryId) as Lead, leads.filter(({ id }) => id !== primaryId)];

const mergedEvent = (lead: Lead, { id, primary_id, merged_by }: MergeRow): NewEvent =>
  LeadMerged.ofLead(lead.tenant_id, { lead_id: lead.id, revision: lead.revision }, { lead: stateOf(lead), primary_id, merge_id: id, actor: merged_by });
