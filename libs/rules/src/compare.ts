import { fold } from './text';

const MS_PER_DAY = 86_400_000;

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;
const DAY_LENGTH = 'yyyy-mm-dd'.length;

/** Nothing is known: absent, null, blank text, or an empty list. */
export const isMissing = (fact: unknown): boolean =>
  fact === undefined || fact === null || (typeof fact === 'string' && fact.trim() === '')
  || (Array.isArray(fact) && fact.length === 0);

/** Milliseconds since 1970 of an ISO day (its midnight, UTC) or instant; NaN for anything else, 30 February included. */
export function instantOf(text: string): number {
  if (!ISO_DATE.test(text)) return NaN;
  const day = text.slice(0, DAY_LENGTH);
  const midnight = Date.parse(day);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, DAY_LENGTH) !== day) return NaN;
  return Date.parse(text);
}

/**
 * Below, at or above zero as the fact is below, at or above the value; NaN, which no comparison accepts, when the two
 * are not both numbers or both dates. A value that is a day compares days (UTC), so that `lte 2026-01-31` includes that
 * whole day; a value with a time compares instants.
 */
export function difference(fact: unknown, value: unknown): number {
  if (typeof fact === 'number' && typeof value === 'number') return fact - value;
  if (typeof fact !== 'string' || typeof value !== 'string') return NaN;
  const instant = instantOf(value);
  if (Number.isNaN(instant)) return NaN;
  const unit = value.length === DAY_LENGTH ? MS_PER_DAY : 1;
  return Math.floor(instantOf(fact) / unit) - instant / unit;
}

/** Equal as numbers, booleans, dates, or text without case. */
export const isSame = (fact: unknown, value: unknown): boolean =>
  typeof fact === 'string' && typeof value === 'string'
    ? fold(fact) === fold(value) || difference(fact, value) === 0
    : fact === value;
