import {
  Anything, Document, Flag, Id, Instant, Integer, Integers, LeadScoreView, Named, Nested, NestedList, OneOf, STATUSES, SURVIVORSHIP_STRATEGIES, Text, Texts,
  type MergePolicy, type MergeState, type Status,
} from '@headwater/contracts';
import { Lead } from '../leads/lead';

/** What intake answers about merges, described for the OpenAPI document. */

const MOST_LEADS = 49;

export class MergePreviewRequest {
  @Integers(MOST_LEADS, { required: true, description: 'the leads that are merged into this one, 1 to 49' }) lead_ids: number[];
  @Document({
    description: 'by field: `{"from": lead id}`, whose value survives, or `{"value": …}`; what stands here goes before the policy',
    example: { job_title: { from: 1240 } },
  }) fields?: Record<string, object> | null;
}

class SeenLead {
  @Id({ required: true }) lead_id: number;
  @Text(200, { required: true, description: 'the `ETag` of the lead', example: '"i1.s1.r1.q1"' }) etag: string;
}

export class MergeRequest extends MergePreviewRequest {
  @Text(2_000, { description: 'kept with the merge' }) reason?: string | null;
  @NestedList(() => SeenLead, MOST_LEADS + 1, { description: 'as the caller has seen them: 412 when one has been changed since' }) if_match?: SeenLead[] | null;
}

export class MergeReviewRequest {
  @Id({ description: 'which of the two is left; the older one when absent' }) primary_id?: number | null;
  @Document({ description: 'as of any merge: what stands here goes before the policy' }) fields?: Record<string, object> | null;
  @Text(2_000, { description: 'kept with the merge' }) reason?: string | null;
}

export class UnmergeRequest {
  @Flag({ description: 'tell what would stay as it is, and change nothing' }) dry_run?: boolean | null;
}

class ValueOfLead {
  @Id({ required: true }) lead_id: number;
  @Anything() value?: unknown;
}

class FieldDecision {
  @Text(100, { required: true }) field: string;
  @Anything({ description: 'what survives' }) value?: unknown;
  @Id({ description: 'the lead whose value it is; null where it is made of several, or was given' }) from?: number | null;
  @OneOf([...SURVIVORSHIP_STRATEGIES, 'chosen', 'given'], { required: true, description: "the policy's strategy, or that somebody chose a lead or gave a value" })
  rule: string;
  @NestedList(() => ValueOfLead, 50, { required: true, description: 'what the leads say, the primary first' }) values: ValueOfLead[];
  @Flag({ required: true, description: 'they differ, and not all of it survives' }) conflict: boolean;
}

class UnmergeConflict {
  @Id({ required: true }) lead_id: number;
  @Text(200, { required: true }) field: string;
  @Anything({ description: 'what it was before the merge' }) before?: unknown;
  @Anything({ description: 'what stays' }) now?: unknown;
}

export class Merge {
  @Id({ required: true, example: 15 }) id: number;
  @Id({ required: true, description: 'the lead that is left' }) primary_id: number;
  @Integers(MOST_LEADS, { required: true, description: 'those that were merged into it' }) lead_ids: number[];
  @OneOf(['done', 'undone'], { required: true }) state: MergeState;
  @Text(2_000) reason?: string | null;
  @Instant() merged_at?: string | null;
  @Text(200, { required: true }) merged_by: string;
  @NestedList(() => FieldDecision, 100, { required: true, description: 'which value each field got, and by which rule' }) fields: FieldDecision[];
  @Instant() undone_at?: string | null;
  @Text(200) undone_by?: string | null;
  @NestedList(() => UnmergeConflict, 300, { required: true, description: 'what was changed after the merge: unmerging leaves it' }) conflicts: UnmergeConflict[];
}

export class MergedLead {
  @Nested(() => Merge, { required: true }) merge: Merge;
  @Nested(() => Lead, { required: true, description: 'the primary' }) lead: Lead;
}

export class UnmergedLeads {
  @Nested(() => Merge, { required: true }) merge: Merge;
}

class MergeConsequences {
  @OneOf(STATUSES, { description: 'the furthest; null while it is not known, as the others' }) status?: Status | null;
  @Nested(() => Named) owner?: Named | null;
  @Integer(0, 5, { description: 'the most stars of any' }) rating?: number | null;
  @Nested(() => LeadScoreView, { description: 'over all that the leads did' }) lead_score?: LeadScoreView | null;
}

export class MergePreview {
  @Id({ required: true }) primary_id: number;
  @Integers(MOST_LEADS, { required: true }) lead_ids: number[];
  @NestedList(() => FieldDecision, 100, { required: true }) fields: FieldDecision[];
  @Nested(() => MergeConsequences, { required: true }) consequences: MergeConsequences;
  @Texts(10, 40, { required: true, description: 'services that did not tell in time what they would make of it' }) missing: string[];
}

export class MergePolicyAnswer {
  @Integer(0, 1_000_000, { required: true, description: '0 of the policy that every tenant begins with' }) version: number;
  @Document({ required: true, description: 'default, fields, auto_update: as it may be sent back' }) document: MergePolicy;
  @Instant() created_at?: string | null;
  @Text(200) created_by?: string | null;
}
