import {
  ContactAttempt, ContactSummary, DISQUALIFICATION_REASONS, Flag, Id, Instant, Integer, LIFECYCLE_STAGES, Nested, OneOf, STATUS_LABELS, STATUSES, Text,
  type DisqualificationReason, type LifecycleStage, type QualificationState, type Status,
} from '@headwater/contracts';

/** Where a lead stands after a command: what qualification knows of it, as callers see it. */
export class LeadStanding {
  @Id({ required: true, example: 1234 }) id: number;
  @OneOf(STATUSES, { required: true }) status: Status;
  @Text(40, { required: true, example: 'Unqualified' }) status_label: string;
  @OneOf(LIFECYCLE_STAGES, { required: true }) lifecycle_stage: LifecycleStage;
  @Integer(1, 1_000_000, { required: true, description: 'raised when the lead is recycled' }) cycle: number;
  @Instant({ required: true }) in_status_since: string;
  @Instant() first_contacted_at?: string | null;
  @Instant() qualified_at?: string | null;
  @Flag({ required: true, description: 'whether it was qualified at any time' }) ever_qualified: boolean;
  @OneOf(DISQUALIFICATION_REASONS) disqualification_reason?: DisqualificationReason | null;
  @Text(10_000, { description: 'the latest note of a command' }) notes?: string | null;
  @Nested(() => ContactSummary, { description: 'null while nobody has logged an attempt' }) contact_attempts?: ContactSummary | null;
}

/** An attempt, and where it has led. */
export class LoggedAttempt extends ContactAttempt {
  @Nested(() => LeadStanding, { required: true }) lead: LeadStanding;
}

export const standingView = (state: QualificationState): LeadStanding => ({
  id: state.lead_id, status: state.status, status_label: STATUS_LABELS[state.status], lifecycle_stage: state.lifecycle_stage, cycle: state.cycle,
  in_status_since: state.in_status_since, first_contacted_at: state.first_contacted_at ?? null, qualified_at: state.qualified_at ?? null,
  ever_qualified: state.ever_qualified ?? false, disqualification_reason: state.disqualification_reason ?? null, notes: state.notes ?? null,
  contact_attempts: state.contact_attempts ?? null,
});

/** What a command's answer knows of the lead's tag: the part that the next command is held to. */
export const standingTag = ({ revision }: QualificationState): string => `"q${revision}"`;
