import type { Grade, LeadScoreView, Temperature } from '@headwater/contracts';

const GRADE_BOUNDS: readonly (readonly [number, Grade])[] = [[80, 'A'], [60, 'B'], [40, 'C'], [20, 'D'], [0, 'F']];
const TEMPERATURE_BOUNDS: readonly (readonly [number, Temperature])[] = [[75, 'hot'], [45, 'warm'], [0, 'cold']];

const atOrAbove = <T>(bounds: readonly (readonly [number, T])[], total: number): T =>
  (bounds.find(([bound]) => total >= bound) ?? bounds[bounds.length - 1])[1];

/**
 * What a score looks like by the given parts (0-50 each) until scoring has answered: their sum, with the documented
 * default bands. A part that isn't given is the one last heard of, else 0. Never `suspect`: a part is overridden.
 */
export function provisionalScore(
  given: { behavioral_score?: number | null; demographic_score?: number | null }, known: LeadScoreView | null,
): LeadScoreView {
  const behavioral = given.behavioral_score ?? known?.behavioral_score ?? 0;
  const demographic = given.demographic_score ?? known?.demographic_score ?? 0;
  const total = behavioral + demographic;
  return {
    total_score: total, behavioral_score: behavioral, demographic_score: demographic,
    grade: atOrAbove(GRADE_BOUNDS, total), temperature: atOrAbove(TEMPERATURE_BOUNDS, total),
  };
}
