import { DomainError, type ExplainedReview, type Warning } from '@headwater/contracts';

type Review = Pick<ExplainedReview, 'id' | 'band' | 'probability' | 'because' | 'leads'>;

/** A lead that may be the same person's as the one that is converted. */
interface Candidate { review_id: number; lead_id: number; band: string; probability: number; because: string }

/**
 * What is said of a lead whose duplicates nobody has decided about.
 * @param mustBeSettled the tenant wants them decided first @throws DomainError `duplicates_pending`
 */
export function pendingDuplicates(leadId: number, reviews: readonly Review[], mustBeSettled: boolean): Warning[] {
  if (reviews.length === 0) return [];
  const candidates = reviews.map(({ id, band, probability, because, leads }): Candidate => ({
    review_id: id, lead_id: leads.find(({ lead_id }) => lead_id !== leadId)!.lead_id, band, probability, because,
  }));
  const detail = `${reviews.length === 1 ? 'Another lead' : `${reviews.length} other leads`} may be the same person: decide about the duplicate `
    + `${reviews.length === 1 ? 'review' : 'reviews'} ${reviews.map(({ id }) => id).join(', ')}`;
  if (mustBeSettled) throw DomainError.conflict('duplicates_pending', detail, { duplicates: candidates });
  return [{ code: 'duplicates_pending', detail, candidates }];
}
