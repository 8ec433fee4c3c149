import {
  CHANNELS, ContactSummary, DISQUALIFICATION_REASONS, EMAIL_KINDS, ENTRIES, Flag, Id, Instant, Integer, LeadProfile, LeadScoreView, LIFECYCLE_STAGES, Named, Nested,
  OneOf, PRIORITIES, CalendarDate, ReengagedFrom, STATUSES, Text, Texts, VERDICTS,
  type Channel, type DisqualificationReason, type EmailKind, type Entry, type LifecycleStage, type Priority, type Status, type Verdict,
} from '@headwater/contracts';

/** A lead as callers see it: one record, composed of what its owners know. */
export class Lead extends LeadProfile {
  @Id({ required: true, example: 1234 }) id: number;

  @Flag({ description: 'whether it can be written to: by its form, nobody was asked' }) email_valid?: boolean | null;
  @OneOf(EMAIL_KINDS, { description: 'of a company, of a free provider, of a function such as sales@, or thrown away; null when it is not valid' })
  email_kind?: EmailKind | null;
  @Flag({ description: 'whether the domain of the address takes mail, as DNS says; null while nobody was asked' }) email_mx?: boolean | null;
  @Flag() phone_valid?: boolean | null;
  @Flag() mobile_valid?: boolean | null;

  @Text(80) source?: string | null;
  @OneOf(CHANNELS) channel?: Channel | null;
  @OneOf(ENTRIES, { description: 'how it came in' }) entry?: Entry | null;
  @Text(100) campaign?: string | null;

  @OneOf(STATUSES, { description: 'null while it is not known' }) status?: Status | null;
  @Text(40, { example: 'Qualified' }) status_label?: string | null;
  @OneOf(LIFECYCLE_STAGES) lifecycle_stage?: LifecycleStage | null;
  @Integer(0, 5, { description: 'stars' }) rating?: number | null;
  @Flag() is_hot?: boolean | null;
  @Texts(5, 100) hot_reasons?: string[] | null;
  @Flag({ description: 'whether its total reaches the bound of the scoring model at which marketing hands leads over' }) mql?: boolean | null;
  @Nested(() => LeadScoreView, { description: 'null until scored' }) lead_score?: LeadScoreView | null;
  @Instant() qualified_at?: string | null;
  @OneOf(DISQUALIFICATION_REASONS) disqualification_reason?: DisqualificationReason | null;
  @Nested(() => ContactSummary, { description: 'null while nobody has logged an attempt' }) contact_attempts?: ContactSummary | null;

  @Nested(() => Named, { description: 'null until routed' }) owner?: Named | null;
  @Nested(() => Named) team?: Named | null;
  @OneOf(PRIORITIES) priority?: Priority | null;
  @CalendarDate() next_follow_up?: string | null;

  @Text(10_000, { description: 'the latest note' }) notes?: string | null;
  @Integer(0, 1_000, { description: 'values that were sent and wait for a person to accept them' }) pending_changes?: number | null;

  @Instant() converted_at?: string | null;
  @Id() account_id?: number | null;
  @Id({ description: 'what it became; before that, the contact that the person is already, as of the account' }) contact_id?: number | null;
  @Id() customer_id?: number | null;
  @Id() opportunity_id?: number | null;

  @Nested(() => ReengagedFrom, { description: 'the converted lead of the same person that this one goes on from, and what it became' })
  reengaged_from?: ReengagedFrom | null;
  @Id({ description: 'the lead that this one is part of since a merge; write there' }) merged_into?: number | null;

  @Instant({ required: true }) created_at: string;
  @Instant({ required: true }) updated_at: string;
}

/** The answer to a submission: the lead that it reached, and why this one. */
export class CapturedLead extends Lead {
  @OneOf(VERDICTS, { required: true }) verdict: Verdict;
  @Text(500, { required: true, description: 'why this verdict' }) because: string;
}
