import { present, type Evidence, type LeadScore } from '../lead-score';

/** What may become of a lead, the weakest first: a stronger one stands whatever came after it. */
export const OUTCOMES = ['disqualified', 'converted', 'lost', 'won'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What a decision was made with. */
export interface ScoreAtDecision { total: number; grade: string; effective_total: number; model_version: number }

/**
 * The score of a lead when it was decided what becomes of it: that of its conversion, where it was converted, else that of `at`.
 * @param at RFC 3339
 * @returns null for a lead that has no score yet
 */
export function scoreAtDecision(held: LeadScore, evidence: Evidence, at: string): ScoreAtDecision | null {
  const now = held.converted?.converted_at ?? at;
  const signals = evidence.signals.filter((signal) => Date.parse(signal.at) <= Date.parse(now));
  const scored = present(held, { ...evidence, signals, now });
  if (!scored) return null;
  const { computed: { total_score: total, grade }, effective, model_version } = scored.state;
  return { total, grade, effective_total: effective.total_score, model_version };
}
