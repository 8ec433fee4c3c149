export interface NumberReading { value: number; /** of a range or an open end: its lower end */ isRange: boolean }

const SUFFIX: Readonly<Record<string, number>> = { k: 1e3, tsd: 1e3, m: 1e6, mn: 1e6, mio: 1e6, million: 1e6, b: 1e9, bn: 1e9, mrd: 1e9, billion: 1e9 };
const NUMBER = /(\d[\d.,'\u2019\s\u00a0\u202f]*)(k|tsd|mn|mio|million|mrd|bn|billion|m|b)?(?![a-z])/iu;
const OPEN_OR_RANGE = /\d\s*(?:[-\u2013\u2014+]|to\b|bis\b|à\b)/iu;

/**
 * A number as people write it: `12,000,000`, `1.234,56 €`, `$1.2M`, `51-200` (its lower end), `1,000+`.
 * @returns null where there is none, and where it is negative
 */
export function readNumber(text: string): NumberReading | null {
  const found = NUMBER.exec(text);
  if (!found || /^\s*[-\u2212]/u.test(text)) return null;
  const value = Number(withPoint(found[1]!)) * (SUFFIX[found[2]?.toLowerCase() ?? ''] ?? 1);
  return Number.isFinite(value) ? { value, isRange: OPEN_OR_RANGE.test(text) } : null;
}

/** The last separator is the decimal one unless it stands before three digits, as one of thousands does, or occurs twice. */
function withPoint(digits: string): string {
  const bare = digits.replace(/[\s\u00a0\u202f'\u2019]/gu, '').replace(/[.,]+$/u, '');
  const last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  if (last < 0) return bare;
  const separator = bare[last]!;
  const both = bare.includes('.') && bare.includes(',');
  const isOfThousands = bare.indexOf(separator) !== last || (!both && bare.length - last - 1 === 3);
  const whole = bare.slice(0, last).replace(/[.,]/gu, '');
  return isOfThousands ? bare.replace(/[.,]/gu, '') : `${whole}.${bare.slice(last + 1)}`;
}
