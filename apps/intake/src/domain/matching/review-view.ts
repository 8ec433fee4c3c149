import type { DuplicateReview, ExplainedReview, LeadCard } from '@headwater/contracts';
import { explainMatch, summaryOf, type Compared, type Written } from './explain-match';

/** A lead as a review shows it. */
export interface ShownLead extends Written {
  id: number;
  created_at: string;
  converted: boolean;
  merged_into: number | null;
}

export interface ShownReview extends Compared, Pick<DuplicateReview,
  'id' | 'status' | 'doubt' | 'model_version' | 'opened_at' | 'updated_at' | 'decided_at' | 'decided_by' | 'reason' | 'left_to_people'> {
  low: ShownLead;
  high: ShownLead;
}

/** The review as it stands in a list. */
export function reviewView(shown: ShownReview): DuplicateReview {
  const { id, status, doubt, model_version, opened_at, updated_at, decided_at, decided_by, reason, left_to_people } = shown;
  return {
    id, status, ...summaryOf(shown), leads: [cardOf(shown.low), cardOf(shown.high)], doubt, model_version, opened_at, updated_at, decided_at,
    decided_by, reason, left_to_people,
  };
}

/** With what speaks for it and against, field by field, and both leads' present values. */
export const explainedReview = (shown: ShownReview): ExplainedReview =>
  ({ ...reviewView(shown), fields: explainMatch(shown, shown.low, shown.high).fields });

export const cardOf = ({ id, profile, created_at, converted, merged_into }: ShownLead): LeadCard => ({
  lead_id: id, full_name: profile.full_name ?? null, company_name: profile.company_name ?? null, job_title: profile.job_title ?? null,
  email: profile.email ?? null, phone: profile.phone ?? profile.mobile ?? null, city: profile.city ?? null, country: profile.country ?? null,
  created_at, converted, merged_into,
});
