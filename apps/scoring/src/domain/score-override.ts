import type { ConvertedInto, FieldError, ScoreOverride } from '@headwater/contracts';
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

/** What keeps it from being pinned until then. @param now RFC 3339 */
export const checkExpiry = (override: ScoreOverride, now: string): FieldError[] => (hasExpired(override, now)
  ? [{ field: 'expires_at', code: 'in_the_past', detail: 'expires_at must be in the future' }] : []);

/** Whether one of its parts doesn't count any more. @param now RFC 3339 */
export const hasExpired = (override: ScoreOverride | null | undefined, now: string): boolean =>
  override?.expires_at != null && Date.parse(override.expires_at) <= Date.parse(now);

/** The moment for which the log of a lead is folded: its clock stands still at its conversion. RFC 3339, as `moment` */
export const momentOf = (converted: ConvertedInto | null, moment: string): string =>
  (converted && Date.parse(converted.converted_at) < Date.parse(moment) ? converted.converted_at : moment);

/**
 * What the log comes to: each part as it was pinned last, unless that has expired, with the words of the last pin that counts; null when
 * nothing is pinned. What a pin took the place of doesn't come back when it expires.
 * @param now RFC 3339
 */
export function foldOverrides(log: readonly OverrideEntry[], now: string): ScoreOverride | null {
  const begin = log.lastIndexOf(null) + 1;
  const standing = PARTS.map((part) => log.slice(begin).findLast((entry) => entry?.[part] != null) ?? null)
    .map((entry) => (hasExpired(entry, now) ? null : entry));
  const last = log.findLast((entry) => entry !== null && standing.includes(entry));
  if (!last) return null;
  const [behavioral, demographic] = standing;
  const [expires_at] = standing.flatMap((entry) => entry?.expires_at ?? []).sort((one, other) => Date.parse(one) - Date.parse(other));
  return {
    behavioral_score: behavioral?.behavioral_score ?? null, demographic_score: demographic?.demographic_score ?? null,
    reason: last.reason ?? null, by: last.by, at: last.at, ...(expires_at ? { expires_at } : {}),
  };
}
