import { rememberingPairs } from './remembering';

/** Rows of the table of edits: they are filled anew by each call, which others never see the middle of. */
const ROWS: [number[], number[], number[]] = [[], [], []];

/**
 * Edits between two texts: insertions, deletions, substitutions and transpositions of neighbours, each counting one
 * (optimal string alignment; Damerau 1964). Only where a path of at most `limit` edits can pass is looked at (Ukkonen 1985).
 * @returns at most `limit + 1`, which stands for more than `limit`
 */
export function edits(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const beyond = limit + 1;
  let [beforeLast, last, row] = ROWS;
  for (let j = 0; j <= Math.min(b.length, limit + 1); j += 1) last[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    const first = Math.max(1, i - limit);
    const end = Math.min(b.length, i + limit);
    row[first - 1] = first === 1 ? i : beyond;
    if (end < b.length) row[end + 1] = beyond;
    let least = row[first - 1]!;
    for (let j = first; j <= end; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return beyond;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return Math.min(last[b.length]!, beyond);
}

/** The same as `edits(a, b, 1) <= 1`, which is asked most often, in one walk from the first letter that differs. */
export function isOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  return short.slice(at + 1) === long.slice(at + 1)
    || (short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2));
}

const PREFIX = 4;
const PREFIX_WEIGHT = 0.1;

/** From 0, nothing in common, to 1, equal (Winkler 1990: Jaro's similarity, more for a common beginning). */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const jaro = jaroOf(a, b);
  let prefix = 0;
  while (prefix < PREFIX && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

/** Whether `jaroWinkler(a, b) >= least`; texts of too different lengths are not looked at. */
export function isLike(a: string, b: string, least: number): boolean {
  const lengths = Math.min(a.length, b.length) / Math.max(a.length, b.length);
  const most = (2 + lengths) / 3;
  return most + PREFIX * PREFIX_WEIGHT * (1 - most) >= least && jaroWinkler(a, b) >= least;
}

let letters = new Uint8Array(64);

/** As many as asked for, none of them taken; the same ones again at the next call. */
function untaken(count: number): Uint8Array {
  if (count > letters.length) letters = new Uint8Array(2 * count);
  return letters.fill(0, 0, count);
}

function jaroOf(a: string, b: string): number {
  const window = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = untaken(b.length);
  let common = '';
  for (let i = 0; i < a.length; i += 1) {
    const end = Math.min(b.length, i + window + 1);
    for (let j = Math.max(0, i - window); j < end; j += 1) {
      if (taken[j] || a[i] !== b[j]) continue;
      taken[j] = 1;
      common += a[i];
      break;
    }
  }
  if (common.length === 0) return 0;
  let transposed = 0;
  for (let j = 0, k = 0; j < b.length; j += 1) {
    if (!taken[j]) continue;
    if (b[j] !== common[k]) transposed += 1;
    k += 1;
  }
  return (common.length / a.length + common.length / b.length + (common.length - transposed / 2) / common.length) / 3;
}

const CLOSE_WORD = 0.92;
const SHORT_WORD = 5;

const isCloseWord = rememberingPairs((a, b) => isLike(a, b, CLOSE_WORD));

/**
 * The words that both have, close spellings of long ones included, each once: as those write them who have fewer, so that it
 * doesn't matter who comes first.
 */
export function sharedWords(a: readonly string[], b: readonly string[]): string[] {
  const [few, many] = a.length < b.length || (a.length === b.length && a.join(' ') <= b.join(' ')) ? [a, b] : [b, a];
  return [...new Set(few)].filter((word) => many.some((other) => other === word
    || (word.length >= SHORT_WORD && other.length >= SHORT_WORD && isCloseWord(word, other))));
}
