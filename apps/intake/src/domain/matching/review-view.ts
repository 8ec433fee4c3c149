import type { DuplicateReview, LeadCard } from '@headwater/contracts';
import { explainMatch, type Compared, type Written } from './explain-match';

/** A lead as a review shows it. */
export interface ShownLead extends Written {
  id: number;
  created_at: string;
  converted: boolean;
  merged_into: number | null;
}

export interface ShownReview extends Compared, Pick<DuplicateReview,
  'id' | 'status' | 'doubt' | 'model_version' | 'opened_at' | 'updated_at' | 'decided_at' | 'decided_by' | 'reason'> {
  low: ShownLead;
  high: ShownLead;
}

/** The review as it is told: what speaks for and against it with both leads' present values. */
export function reviewView({ low, high, band, probability, bits, evidence, ...review }: ShownReview): DuplicateReview {
  const { id, status, doubt, model_version, opened_at, updated_at, decided_at, decided_by, reason } = review;
  return {
    id, status, ...explainMatch({ band, probability, bits, evidence }, low, high), leads: [cardOf(low), cardOf(high)], doubt, model_version, opened_at,
    updated_at, decided_at, decided_by, reason,
  };
}

export const cardOf = ({ id, profile, created_at, converted, merged_into }: ShownLead): LeadCard => ({
  lead_id: id, full_name: profile.full_name ?? null, company_name: profile.company_name ?? null, job_title: profile.job_title ?? null,
  email: profile.email ?? null, phone: profile.phone ?? profile.mobile ?? null, city: profile.city ?? null, country: profile.country ?? null,
  created_at, converted, merged_into,
});
