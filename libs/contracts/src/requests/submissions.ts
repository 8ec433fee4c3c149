import type { Context, TenantSettings } from '../context';
import { Document, Id, Instant, OneOf, Pattern, Text } from '../field';
import { defineRequest } from '../request';
import { ENTRIES, VERDICTS, type Entry, type Verdict } from '../vocabulary';
import type { SubmissionState } from './intake';

/** A submission as the log has it: what came, by which way, and what was decided. */
export class SubmissionRecord {
  @Text(40, { required: true }) submission_id: string;
  @Instant({ required: true }) received_at: string;
  @OneOf(ENTRIES, { required: true }) entry: Entry;
  @Text(60, { description: 'the form, connector or import that it came by, as `form:12`' }) inlet?: string | null;
  @OneOf(VERDICTS, { required: true }) verdict: Verdict;
  @Text(60, { description: 'why it made no lead: `spam`, `unconfirmed` …' }) code?: string | null;
  @Text(500, { required: true, description: 'why this verdict' }) because: string;
  @Id({ description: 'null when it made no lead' }) lead_id?: number | null;
  @Document({ required: true, description: 'the lead that it says' }) lead: object;
  @Document({ description: 'the body as it came, where that is not the lead: `content_type` and `body`' }) raw?: object | null;
  @Pattern(/^[0-9a-f]{64}$/, 64, { description: 'SHA-256 of the body, hexadecimal: equal bodies have equal ones' }) payload_hash?: string | null;
}

export interface SubmissionFilter {
  submission_id?: string;
  /** the lead that it made or reached; what came by a lead that is merged now stays that one's */
  lead_id?: number;
  verdict?: Verdict;
  code?: string;
  inlet?: { kind: 'form' | 'connector' | 'import'; id: number };
}

/** Null for a submission that intake doesn't know (yet): it may still wait on the spool. A repetition has no record of its own. */
export const GetSubmission = defineRequest<
  { tenant: string; submission_id: string; with_record?: boolean }, { submission: SubmissionState | null; record?: SubmissionRecord }
>('intake', 'get_submission');

/** Newest first. */
export const ListSubmissions = defineRequest<
  { context: Context; filter: SubmissionFilter; cursor?: string; limit: number }, { submissions: SubmissionRecord[]; next_cursor: string | null }
>('intake', 'list_submissions');

type Done = Extract<SubmissionState, { state: 'done' }>;

/** What somebody decided about a quarantined submission: take it in after all, as it came; or put it away for good. */
export const DecideSubmission = defineRequest<
  { context: Context; submission_id: string; decision: 'release' | 'reject'; reason?: string }, { submission: Done }
>('intake', 'decide_submission');

/** The sender followed the link in their mail. Whatever comes after the first time changes nothing, and gets the same answer. */
export const ConfirmSubmission = defineRequest<
  { tenant: TenantSettings; token: string; correlation_id: string; traceparent?: string }, { submission_id: string }
>('intake', 'confirm_submission');

/** Body of a rejection. */
export class RejectSubmissionRequest {
  @Text(500, { description: 'for those who look at it later', example: 'An advertisement' }) reason?: string | null;
}
