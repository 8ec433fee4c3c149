import type { Context } from '../context';
import type { Warning } from '../domain-error';
import type { IntakeState, LeadProfile, QualificationState, RoutingState, ScoringState } from '../lead';
import { defineRequest } from '../request';

/** How the values of several leads become one. What none of them says stays empty. */
export const SURVIVORSHIP_STRATEGIES = [
  'primary', 'newest', 'oldest', 'longest', 'max', 'min', 'sum', 'union', 'block', 'strictest',
] as const;
export type SurvivorshipStrategy = (typeof SURVIVORSHIP_STRATEGIES)[number];

/** What is merged without a person: nothing, or pairs of the band `same`. */
export const AUTO_UPDATES = ['none', 'same'] as const;
export type AutoUpdate = (typeof AUTO_UPDATES)[number];

/** How a tenant merges: a strategy for each field that has one of its own, and one for all others. */
export interface MergePolicy {
  default: SurvivorshipStrategy;
  fields: Partial<Record<keyof LeadProfile, SurvivorshipStrategy>>;
  /** absent: `none` */
  auto_update?: AutoUpdate;
}
export interface MergePolicyView {
  /** 0 while the tenant has none of its own */
  version: number;
  document: MergePolicy;
  created_at: string | null;
  created_by: string | null;
}
export const GetMergePolicy = defineRequest<{ context: Context }, { policy: MergePolicyView }>('intake', 'get_merge_policy');
/** Refused with every problem in it (`invalid`). */
export const PutMergePolicy =
  defineRequest<{ context: Context; document: object }, { policy: MergePolicyView }>('intake', 'put_merge_policy');

/** What a person decides about one field of a merge: the lead whose value survives, or another value. */
export type MergeChoice = { from: number } | { value: unknown };
export type MergeChoices = Record<string, MergeChoice>;

/** What became, or would become, of one field. */
export interface FieldDecision {
  field: string;
  value: unknown;
  /** the lead whose value it is; null where it is made of several, or was given */
  from: number | null;
  /** the policy's strategy, or that a person chose a lead or gave a value */
  rule: SurvivorshipStrategy | 'chosen' | 'given';
  /** of the leads that have one, the primary first */
  values: { lead_id: number; value: unknown }[];
  /** the leads say different things, and not all of it survives */
  conflict: boolean;
}

/** A field that was changed after the merge, and that unmerging therefore leaves. */
export interface UnmergeConflict {
  lead_id: number;
  field: string;
  /** what it was before the merge */
  before: unknown;
  /** what stays */
  now: unknown;
}

export type MergeState = 'started' | 'done' | 'aborted' | 'undone';

export interface MergeView {
  id: number;
  primary_id: number;
  lead_ids: number[];
  state: MergeState;
  reason: string | null;
  merged_at: string | null;
  merged_by: string;
  fields: FieldDecision[];
  undone_at: string | null;
  undone_by: string | null;
  conflicts: UnmergeConflict[];
}

interface ToMerge {
  context: Context;
  /** the primary */
  lead_id: number;
  /** those that are merged into it */
  lead_ids: number[];
  fields?: MergeChoices;
}

/** What the other owners would make of the primary; null for one that doesn't answer in time. */
export interface MergeConsequences {
  qualification: QualificationState | null;
  scoring: ScoringState | null;
  routing: RoutingState | null;
}

/** What a merge would do; nothing is written or reserved. */
export const PreviewMerge = defineRequest<
  ToMerge, { primary_id: number; lead_ids: number[]; fields: FieldDecision[]; lead: IntakeState; consequences: MergeConsequences }
>('intake', 'preview_merge');

/**
 * Merges leads into a primary: all of it or nothing, over services. Refused with `lead_locked` (converted), `lead_merged`
 * (one of them was merged already: with its primary), `conversion_in_progress`, `merge_in_progress`, `precondition_failed`.
 */
export const MergeLeads = defineRequest<
  ToMerge & {
    reason?: string | null;
    /** intake's revisions, by lead, that the caller has seen */
    expected_revisions?: Record<string, number>;
  },
  { merge: MergeView; lead: IntakeState }
>('intake', 'merge_leads');

/** Merges the two leads of a duplicate review: into the older one, unless another primary is named. Refused as `MergeLeads` is. */
export const MergeReview = defineRequest<
  { context: Context; id: number; primary_id?: number | null; fields?: MergeChoices; reason?: string | null }, { merge: MergeView; lead: IntakeState }
>('intake', 'merge_review');

/** Takes a merge back. What was changed since stays, and is told. Refused as `MergeLeads` is, and with `not_merged`. */
export const UnmergeLeads = defineRequest<
  { context: Context; merge_id: number; dry_run?: boolean }, { merge: MergeView; warnings?: Warning[] }
>('intake', 'unmerge_leads');

export const GetMerge = defineRequest<{ context: Context; merge_id: number }, { merge: MergeView }>('intake', 'get_merge');
/** The merges that a lead took part in, on either side, newest first. */
export const ListMerges = defineRequest<{ context: Context; lead_id: number }, { merges: MergeView[] }>('intake', 'list_merges');

/** To which lead one belongs since a revision of its intake state; to none but itself when null. */
export interface LeadTie {
  lead_id: number;
  revision: number;
  merged_into: number | null;
  created_at: string;
  /** the status that it began with by what it came in by, where that isn't `new` */
  entry_status?: IntakeState['attribution']['entry_status'];
}

/** What a merge, or its end, is to those who keep something about its leads. */
export interface MergeNews {
  tenant: string;
  /** of those that were merged into the primary, or have left it */
  ties: LeadTie[];
  /** the primary, as it is now */
  primary: IntakeState;
  /** as histories show it */
  actor: string;
  cause: 'merge' | 'unmerge';
  correlation_id: string;
  /** answer what would become of the primary, and write nothing */
  dry_run?: boolean;
}

/**
 * Qualification asks intake, whose lease has run out: intake's own transaction decides between what it has finished and an
 * abort, and answers which.
 */
export const SettleMerge = defineRequest<
  { tenant: string; lead_id: number; token: string },
  { outcome: { kind: 'aborted'; lead_ids: number[] } | { kind: 'done'; news: MergeNews } }
>('intake', 'settle_merge');

/**
 * Reserves all leads of a merge, or of its end, at once or none of them. Any status will do but `converted`. The same token
 * again renews the lease.
 */
export const ReserveLeads = defineRequest<
  { context: Context; lead_ids: number[]; token: string; holder: 'merge' | 'unmerge'; lease_seconds: number },
  { statuses: QualificationState[] }
>('qualification', 'reserve_leads');

/** Ends such a reservation without a merge. Repeatable; guarded by the token. */
export const ReleaseLeads = defineRequest<
  { tenant: string; lead_ids: number[]; token: string }, Record<string, never>
>('qualification', 'release_leads');

/** Intake tells of a merge before it answers; the events say the same later. Ends the reservation under `token`. */
export const MergeStatuses = defineRequest<MergeNews & { token?: string }, { qualification: QualificationState }>(
  'qualification', 'merge_statuses');
export const MergeScores = defineRequest<MergeNews, { score: ScoringState | null }>('scoring', 'merge_scores');
export const MergeAssignments = defineRequest<MergeNews, { assignment: RoutingState | null }>('routing', 'merge_assignments');
