import type { ReviewBand, ReviewStatus } from '@headwater/contracts';
import type { Band, Comparable, Evidence, Held, Matcher } from '@headwater/matching';

/** A lead as it is compared. */
export interface MatchRecord {
  tenant_id: string;
  lead_id: number;
  /** of the lead that it was made of */
  revision: number;
  /** hash of what says who it is */
  identity: number;
  /** the converted lead that it is known to follow: nobody has to be asked about these two */
  former_lead_id: number | null;
  record: Comparable;
}

/** What is known of a pair from before. */
export interface KnownReview {
  low_id: number;
  high_id: number;
  status: ReviewStatus;
  /** of the leads when they were compared last; null while they have not been */
  low_identity: number | null;
  high_identity: number | null;
  /** why a submission wasn't taken for the other lead's, where that opened it */
  doubt: string | null;
}

/** What is to be kept of a pair. */
export interface Judgement {
  tenant_id: string;
  low_id: number;
  high_id: number;
  status: ReviewStatus;
  band: ReviewBand;
  probability: number;
  bits: number;
  evidence: Evidence[];
  held: Held | null;
  low_identity: number;
  high_identity: number;
}

/**
 * Compares two leads of one tenant. A pair in question is a review; what was opened because of a doubt stays until a person decides;
 * what was open and is not in question any more is withdrawn; what a person has dismissed stays so while both are who they were.
 * @returns null when nothing is to be kept
 */
export function judgePair(one: MatchRecord, other: MatchRecord, known: KnownReview | undefined, matcher: Matcher): Judgement | null {
  if (one.former_lead_id === other.lead_id || other.former_lead_id === one.lead_id) return null;
  const [low, high] = one.lead_id < other.lead_id ? [one, other] : [other, one];
  if (!known && !matcher.mayBeOne(low.record, high.record)) return null;
  const { band, ...comparison } = matcher.compare(low.record, high.record);
  const status = statusOf(band, known, low, high);
  if (!status) return null;
  return {
    tenant_id: low.tenant_id, low_id: low.lead_id, high_id: high.lead_id, status, band: band === 'same' ? 'same' : 'review', ...comparison,
    low_identity: low.identity, high_identity: high.identity,
  };
}

function statusOf(band: Band, known: KnownReview | undefined, low: MatchRecord, high: MatchRecord): ReviewStatus | null {
  if (known?.status === 'dismissed' && isStill(known, low, high)) return known.low_identity === null ? 'dismissed' : null;
  if (band !== 'new') return 'open';
  if (known?.status !== 'open') return null;
  return known.doubt === null ? 'withdrawn' : 'open';
}

/** Dismissed before they were ever compared, it was about the leads as they are now. */
const isStill = ({ low_identity, high_identity }: KnownReview, low: MatchRecord, high: MatchRecord): boolean =>
  low_identity === null || (low_identity === low.identity && high_identity === high.identity);
