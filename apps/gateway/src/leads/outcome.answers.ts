import {
  AssessmentSummary, DISQUALIFICATION_REASONS, Flag, Id, Instant, LeadScoreView, Nested, NestedList, OneOf, STATUSES, Text,
  type DisqualificationReason, type Status,
} from '@headwater/contracts';

const NOTE = 10_000;

class ScoreByNow extends LeadScoreView {
  @Flag({ description: 'scoring did not answer in time: it is what the given parts come to; false when absent' }) pending?: boolean;
}

export class QualifiedLead {
  @Id({ required: true, example: 1234 }) id: number;
  @Text(320) email?: string | null;
  @OneOf(STATUSES, { required: true }) status: Status;
  @Nested(() => ScoreByNow) lead_score?: ScoreByNow | null;
  @Instant() qualified_at?: string | null;
  @OneOf(DISQUALIFICATION_REASONS) lost_reason?: DisqualificationReason | null;
  @OneOf(DISQUALIFICATION_REASONS) disqualification_reason?: DisqualificationReason | null;
  @Text(NOTE) notes?: string | null;
  @NestedList(() => AssessmentSummary, 3, { description: 'where elements were given: where the lead stands now, by each framework that they are of' })
  assessments?: AssessmentSummary[];
}
