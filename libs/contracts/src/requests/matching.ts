import type { Context, TenantSettings } from '../context';
import {
  Decimal, Document, Flag, Id, Instant, Integer, Nested, NestedList, OneOf, Text, Texts,
} from '../field';
import { CreateLead, KnownAccount } from '../lead';
import { defineRequest } from '../request';
import { VERDICTS, type Verdict } from '../vocabulary';
import type { CaptureItem } from './intake';

/** `withdrawn`: the leads have changed, and are no question any more. */
export const REVIEW_STATUSES = ['open', 'dismissed', 'merged', 'withdrawn'] as const;
export type ReviewStatus = (typeof REVIEW_STATUSES)[number];

/** `same`: most likely one person. */
export const REVIEW_BANDS = ['same', 'review'] as const;
export type ReviewBand = (typeof REVIEW_BANDS)[number];

export const REVIEW_SORTS = ['-probability', 'probability', '-opened_at', 'opened_at', '-id', 'id'] as const;
export type ReviewSort = (typeof REVIEW_SORTS)[number];

/** `relatives` are as alike; of an organisation more differs than its `spelling`. */
export const HELD = ['relatives', 'spelling'] as const;

/** As much of a lead as is needed to know it again. */
export class LeadCard {
  @Id({ required: true, example: 1234 }) lead_id: number;
  @Text(200) full_name?: string | null;
  @Text(200) company_name?: string | null;
  @Text(150) job_title?: string | null;
  @Text(320) email?: string | null;
  @Text(60) phone?: string | null;
  @Text(100) city?: string | null;
  @Text(2) country?: string | null;
  @Instant({ required: true }) created_at: string;
  @Flag({ required: true, description: 'it can not be merged any more' }) converted: boolean;
  @Id({ description: 'the lead that it was merged into' }) merged_into?: number | null;
}

/** What one field says about whether two are one person. */
export class ComparedField {
  @Text(120, { required: true, example: 'last_name' }) field: string;
  @Text(60, { required: true, description: 'how both agree, in the words of the matching model', example: 'equal' }) level: string;
  @OneOf(['speaks_for', 'speaks_against', 'says_little'], { required: true }) says: 'speaks_for' | 'speaks_against' | 'says_little';
  @Decimal(-100, 100, { required: true, description: 'log2 of how much likelier such agreement is of one person than of two' }) bits: number;
  @Text(500, { required: true, description: 'for people', example: 'same last name: Johnson' }) because: string;
  @Texts(2, 200, { required: true, description: 'the two values as they were written, the beginning of long ones' }) values: string[];
}

/** How likely it is that two are one person. */
export class MatchSummary {
  @OneOf(REVIEW_BANDS, { required: true, description: 'same: most likely one person' }) band: ReviewBand;
  @Decimal(0, 1, { required: true, description: 'that both are one person' }) probability: number;
  @Decimal(-1_000, 1_000, { required: true, description: 'the sum of what the fields say, with no more for surroundings than tells who shares them from all others' })
  bits: number;
  @OneOf(HELD, {
    description: 'why a pair that is likely enough to be the same is for people to decide: relatives are as alike; of an organisation more differs than spelling',
  })
  held?: (typeof HELD)[number] | null;
  @Text(1_000, { required: true, description: 'for people' }) because: string;
}

/** The same, field by field. */
export class MatchExplanation extends MatchSummary {
  @NestedList(() => ComparedField, 200, { required: true, description: 'what says most first' }) fields: ComparedField[];
}

export class DuplicateReview extends MatchSummary {
  @Id({ required: true, example: 71 }) id: number;
  @OneOf(REVIEW_STATUSES, { required: true, description: 'withdrawn: the leads have changed, and are no question any more' }) status: ReviewStatus;
  @NestedList(() => LeadCard, 2, { required: true, description: 'the older one first' }) leads: LeadCard[];
  @Text(500, { description: 'why a submission was not taken for the older lead\'s, where that opened the review' }) doubt?: string | null;
  @Integer(0, 1_000_000, { required: true, description: 'version of the matching model; 0 for the defaults' }) model_version: number;
  @Instant({ required: true }) opened_at: string;
  @Instant({ required: true, description: 'when both were compared last, or decided about' }) updated_at: string;
  @Instant() decided_at?: string | null;
  @Text(200) decided_by?: string | null;
  @Text(2_000) reason?: string | null;
  @Text(500, { description: 'why a pair that is most likely one person\'s was not merged without a person, where the merge policy wants that' })
  left_to_people?: string | null;
}

export class ExplainedReview extends DuplicateReview {
  @NestedList(() => ComparedField, 200, { required: true, description: 'what says most first' }) fields: ComparedField[];
}

export interface ReviewFilter { status?: ReviewStatus; band?: ReviewBand; lead_id?: number }

export const ListDuplicateReviews = defineRequest<
  { context: Context; filter: ReviewFilter; sort: ReviewSort; cursor?: string; limit: number },
  { reviews: DuplicateReview[]; next_cursor: string | null }
>('intake', 'list_duplicate_reviews');

export const GetDuplicateReview = defineRequest<{ context: Context; id: number }, { review: ExplainedReview }>('intake', 'get_duplicate_review');

export class DismissRequest {
  @Text(2_000, { description: 'why they are two', example: 'Father and son' }) reason?: string | null;
}

/** "Not a duplicate": holds for the pair until a name, an e-mail or a phone of one of them changes. */
export const DismissReview =
  defineRequest<{ context: Context; id: number; reason?: string | null }, { review: ExplainedReview }>('intake', 'dismiss_review');

/** As many as fit into an answer, with all that there is to say. */
export const MOST_OPEN_REVIEWS = 30;

/** Open reviews of a lead, the likeliest first. @throws DomainError not_found */
export const ListOpenReviews = defineRequest<
  { tenant: string; lead_id: number; limit: number }, { reviews: ExplainedReview[] }
>('intake', 'list_open_reviews');

/** A known lead that may be the person of what was sent. */
export class LikelyDuplicate extends MatchExplanation {
  @Nested(() => LeadCard, { required: true }) lead: LeadCard;
}

/** What would become of a submission, if it came now. */
export class CapturePreview {
  @OneOf(VERDICTS, { required: true }) verdict: Verdict;
  @Text(500, { required: true, description: 'why this verdict' }) because: string;
  @Id({ description: 'the lead that would be updated or touched; null for a new one' }) lead_id?: number | null;
  @Texts(100, 120, { required: true, description: 'the fields that would change of it' }) changed: string[];
  @Nested(() => KnownAccount, { description: 'the account that a new lead would belong to' }) account?: KnownAccount | null;
  @NestedList(() => LikelyDuplicate, 10, { required: true, description: 'leads that may be the same person, the likeliest first' })
  candidates: LikelyDuplicate[];
}

/** Says what would become of submissions, and writes nothing. Each for itself: none sees what another would leave. */
export const PreviewCaptures = defineRequest<
  { items: CaptureItem[]; tenants: Record<string, TenantSettings> }, { previews: CapturePreview[] }
>('intake', 'preview_captures');

export const MOST_CHECKED = 100;

export class CheckDuplicates {
  @NestedList(() => CreateLead, MOST_CHECKED, { required: true }) leads: CreateLead[];
}

export class MatchingModelVersion {
  @Integer(0, 1_000_000, { required: true, description: '0 for the defaults' }) version: number;
  @Document({ required: true, description: 'fields, bands, duplicates, neighbours, company_aliases: as it may be sent back' }) document: object;
  @Instant({ description: 'null for the defaults' }) created_at?: string | null;
  @Text(200) created_by?: string | null;
}

export const GetMatchingModel = defineRequest<{ context: Context }, { model: MatchingModelVersion }>('intake', 'get_matching_model');

export const PutMatchingModel =
  defineRequest<{ context: Context; document: unknown }, { model: MatchingModelVersion }>('intake', 'put_matching_model');

/** How a weight moved by learning. */
export class LearntWeight {
  @Text(120, { required: true, example: 'email' }) field: string;
  @Text(60, { required: true, example: 'equal' }) level: string;
  @Decimal(0, 1, { required: true, description: 'how often two leads of one person agree so: before' }) from: number;
  @Decimal(0, 1, { required: true }) to: number;
}

class Moved {
  @Decimal(0, 10_000, { required: true }) from: number;
  @Decimal(0, 10_000, { required: true }) to: number;
}

export class LearntModel extends MatchingModelVersion {
  @Integer(0, 1_000_000, { required: true, description: 'leads that were looked at' }) leads: number;
  @Integer(0, 10_000_000, { required: true, description: 'pairs that were compared' }) pairs: number;
  @Nested(() => Moved, { required: true, description: 'how many other leads of the same person a lead has' }) duplicates: Moved;
  @Nested(() => Moved, { required: true, description: 'how many other persons share somebody\'s surroundings' }) neighbours: Moved;
  @NestedList(() => LearntWeight, 1_000, { required: true, description: 'the weights that moved, those that moved most first' }) changed: LearntWeight[];
}

export const LearnMatchingModel = defineRequest<{ context: Context }, { learnt: LearntModel }>('intake', 'learn_matching_model');
