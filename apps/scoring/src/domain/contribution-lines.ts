import type { Contribution } from '@headwater/contracts';

/** A part of the score, demographic or behavioral, is between 0 and this many points: the contract of the API. */
export const PART_MAX = 50;
const POINT = 100;
const LONGEST_BECAUSE = 200;

/** Points as integer hundredths, so that sums are exact. */
export const hundredths = (points: number): number => Math.round(points * POINT);

export type Part = Contribution['part'];

/** One line of an explanation; what came from outside is shortened in it. */
export const line = (part: Part, rule: string, points: number, because: string): Contribution =>
  ({ part, rule: shorten(rule, 100), points, because: shorten(because, LONGEST_BECAUSE) });

/** At most `max` UTF-16 units, without half of a surrogate pair, which PostgreSQL's jsonb refuses. */
export const shorten = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;

export const sum = (lines: readonly Contribution[]): number => lines.reduce((total, { points }) => total + points, 0);

const within = (raw: number): number => Math.min(Math.max(raw, 0), hundredths(PART_MAX));

/** What a part comes to: brought into 0 to 50, and rounded half up to whole points; both in hundredths. */
export const wholePoints = (raw: number): number => Math.floor((within(raw) + POINT / 2) / POINT) * POINT;

/**
 * The lines with what brings them into 0 to 50 and to whole points (half up), each as a line of its own: they sum to the
 * part exactly. Lines without points are left out.
 */
export function settle(part: Part, lines: readonly Contribution[]): { value: number; lines: Contribution[] } {
  const raw = sum(lines);
  const kept = within(raw);
  const value = wholePoints(raw);
  const settled = [
    ...lines,
    raw < kept ? line(part, 'floor', kept - raw, 'A part is never below 0')
      : line(part, 'cap', kept - raw, `A part is never above ${PART_MAX}`),
    line(part, 'rounding', value - kept, 'Rounded half up to whole points'),
  ];
  return { value, lines: settled.filter(({ points }) => points !== 0) };
}
