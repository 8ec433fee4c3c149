import type { FieldError, ScoreOverride } from '@headwater/contracts';
import { PART_MAX } from './contribution-lines';

/** An entry of the log of overrides: a pin of one or both parts, or `null`, which took all pins back. */
export type OverrideEntry = ScoreOverride | null;

const PARTS = ['behavioral_score', 'demographic_score'] as const;

export const pinsSomething = (override: ScoreOverride): boolean => PARTS.some((part) => override[part] != null);

/** What keeps an override from being one; empty when it can be applied. */
export function checkOverride(override: ScoreOverride): FieldError[] {
  if (!pinsSomething(override)) {
    return [{ field: 'behavioral_score', code: 'required', detail: 'behavioral_score or demographic_score is required' }];
  }
  return PARTS.flatMap((field) => {
    const value = override[field];
    if (value == null) return [];
    if (!Number.isInteger(value)) return [{ field, code: 'wrong_type', detail: `${field} must be a whole number` }];
    if (value < 0) return [{ field, code: 'too_small', detail: `${field} must be at least 0` }];
    return value > PART_MAX ? [{ field, code: 'too_large', detail: `${field} must be at most ${PART_MAX}` }] : [];
  });
}

/** What the log comes to: each part as it was pinned last, with the words of the last pin; null when nothing is pinned. */
export const foldOverrides = (log: readonly OverrideEntry[]): ScoreOverride | null =>
  log.reduce<ScoreOverride | null>((pinned, entry) => entry && {
    behavioral_score: entry.behavioral_score ?? pinned?.behavioral_score ?? null,
    demographic_score: entry.demographic_score ?? pinned?.demographic_score ?? null,
    reason: entry.reason ?? null,
    by: entry.by,
    at: entry.at,
  }, null);
