import {
  AssessmentSummary, DISQUALIFICATION_REASONS, Id, Instant, LeadScoreView, Nested, NestedList, OneOf, STATUSES, Text,
  type DisqualificationReason, type Status,
} from '@headwater/contracts';

const NOTE = 10_000;

export class QualifiedLead {
  @Id({ required: true, example: 1234 }) id: number;
  @Text(320) email?: string | null;
  @OneOf(STATUSES, { required: true }) status: Status;
  @Nested(() => LeadScoreView) lead_score?: LeadScoreView | null;
  @Instant() qualified_at?: string | null;
  @OneOf(DISQUALIFICATION_REASONS) lost_reason?: DisqualificationReason | null;
  @OneOf(DISQUALIFICATION_REASONS) disqualification_reason?: DisqualificationReason | null;
  @Text(NOTE) notes?: string | null;
  @NestedList(() => AssessmentSummary, 3, { description: 'where elements were given: where the lead stands now, by each framework that they are of' })
  assessments?: AssessmentSummary[];
}
