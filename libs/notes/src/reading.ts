export const ELEMENTS = ['budget', 'authority', 'need', 'timeline'] as const;
export type Element = (typeof ELEMENTS)[number];

/** What a note says of an element, with the words that say it. */
export interface Evidence { text: string; start: number; end: number }

export interface BudgetReading {
  amount: number | null;
  /** ISO 4217 */
  currency: string | null;
  status: 'approved' | 'planned' | 'none' | 'unknown';
  evidence: Evidence;
}
export interface AuthorityReading {
  role: 'decision_maker' | 'influencer' | 'champion' | 'gatekeeper' | 'unknown';
  title: string | null;
  evidence: Evidence;
}
export interface NeedReading { present: boolean; evidence: Evidence }
export interface TimelineReading {
  /** last day of what was named, YYYY-MM-DD */
  by: string | null;
  /** where a length of time was named, in days */
  period_days: number | null;
  urgency: 'asap' | 'dated' | 'none';
  evidence: Evidence;
}

/** What a note says of budget, authority, need and timeline; null where it says nothing. */
export interface NoteReading {
  budget: BudgetReading | null;
  authority: AuthorityReading | null;
  need: NeedReading | null;
  timeline: TimelineReading | null;
}
