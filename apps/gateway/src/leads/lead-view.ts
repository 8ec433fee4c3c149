import {
  jsonSchemaOf, LeadProfile, NEW_LEAD_VERDICTS, STATUS_LABELS,
  type CaptureAnswer, type IntakeState, type QualificationState, type RoutingState, type ScoringState, type Status,
} from '@headwater/contracts';
import type { CapturedLead, Lead } from './lead';

/** What the owners know of one lead; null where an owner knows nothing, or didn't answer. */
export interface LeadParts {
  intake: IntakeState;
  scoring: ScoringState | null;
  routing: RoutingState | null;
  qualification: QualificationState | null;
}

const PROFILE_FIELDS = Object.keys(jsonSchemaOf(LeadProfile, { closed: true, refPrefix: '' }).properties as object) as (keyof LeadProfile)[];

/** One flat record of the parts; a field that nobody knows is null. */
export function leadView({ intake, scoring, routing, qualification }: LeadParts): Lead {
  return {
    id: intake.lead_id,
    ...profileView(intake),
    ...statusView(qualification?.status ?? (intake.converted ? 'converted' : null)),
    lifecycle_stage: qualification?.lifecycle_stage ?? null,
    rating: scoring?.rating ?? null,
    is_hot: scoring?.is_hot ?? null,
    hot_reasons: scoring?.hot_reasons ?? null,
    mql: scoring?.mql ?? null,
    lead_score: scoring?.effective ?? null,
    qualified_at: qualification?.qualified_at ?? null,
    disqualification_reason: qualification?.disqualification_reason ?? null,
    contact_attempts: qualification?.contact_attempts ?? null,
    owner: routing?.owner ?? null,
    team: routing?.team ?? null,
    priority: routing?.priority ?? null,
    next_follow_up: routing?.next_follow_up ?? null,
    notes: intake.notes ?? qualification?.notes ?? null,
    pending_changes: intake.pending_changes ?? 0,
    converted_at: intake.converted?.converted_at ?? null,
    account_id: intake.converted?.account_id ?? intake.account?.account_id ?? intake.reengaged_from?.account_id ?? null,
    contact_id: intake.converted?.contact_id ?? intake.reengaged_from?.contact_id ?? intake.account?.contact_id ?? null,
    customer_id: intake.converted?.customer_id ?? null,
    opportunity_id: intake.converted?.opportunity_id ?? null,
    reengaged_from: intake.reengaged_from ?? null,
    merged_into: intake.merged_into ?? null,
    created_at: intake.created_at,
    updated_at: intake.updated_at,
  };
}

/** Where to read what became of a submission. */
export const statusUrl = (submission_id: string): string => `/api/v1/crm/submissions/${submission_id}`;

/** Whether a submission made a lead. */
export const isNewLead = ({ verdict }: Pick<CaptureAnswer, 'verdict'>): boolean =>
  NEW_LEAD_VERDICTS.includes(verdict);

/**
 * The answer to a submission, which waits for no other owner: score and owner are null in it, and a new lead is `new`.
 * @param answer of one that was not set aside
 */
export function capturedView(answer: CaptureAnswer): CapturedLead {
  if (!answer.lead) throw new Error(`Submission ${answer.submission_id} has no lead`);
  const view = leadView({ intake: answer.lead, scoring: null, routing: null, qualification: null });
  return { ...view, ...(isNewLead(answer) ? statusView('new') : {}), verdict: answer.verdict, because: answer.because };
}

function profileView({ profile, facts, attribution }: IntakeState) {
  const fields = Object.fromEntries(PROFILE_FIELDS.map((field) => [field, profile[field] ?? null])) as LeadProfile;
  return {
    ...fields,
    tags: profile.tags ?? [],
    custom_fields: profile.custom_fields ?? {},
    email_opt_out: profile.email_opt_out ?? false,
    do_not_call: profile.do_not_call ?? false,
    email_valid: facts.email_valid ?? null,
    email_kind: facts.email_kind ?? null,
    email_mx: facts.email_mx ?? null,
    phone_valid: facts.phone_valid ?? null,
    mobile_valid: facts.mobile_valid ?? null,
    source: attribution.source ?? null,
    channel: attribution.channel,
    entry: attribution.entry,
    campaign: attribution.campaign ?? null,
  };
}

const statusView = (status: Status | null) => ({ status, status_label: status && STATUS_LABELS[status] });
