import { CUES, findAll } from './words/cues';

/** A part of a sentence that says one thing. */
export interface Clause {
  text: string;
  /** in the sentence */
  start: number;
  end: number;
}

/** Abbreviations whose point ends no clause; behind fewer than three letters none does. */
const ENDS_NO_CLAUSE = ['mrs', 'mme', 'approx', 'circa', 'evtl', 'incl', 'inkl', 'max'].map((word) => `\\b${word}`).join('|');
const MARKS = new RegExp([
  '[,:](?=\\s|$)', '[()"]', '\\s-+>?\\s', '\\s?(?:\\u2192|=>)\\s', '\\.{2,}',
  `(?<=[\\p{L}\\d]{3})(?<!${ENDS_NO_CLAUSE})[.?!](?=\\s)`,
  '\\s[+/]\\s',
].join('|'), 'giu');

/** Cut at commas, brackets, dashes, and where a conjunction begins another statement. */
export function clausesOf(sentence: string): Clause[] {
  const cuts = [...findAll(MARKS, sentence), ...findAll(CUES.conjunctions, sentence).filter(({ start }) => start > 0)]
    .sort((a, b) => a.start - b.start);
  const clauses: Clause[] = [];
  let from = 0;
  for (const end of [...cuts.map(({ start }) => start), sentence.length]) {
    if (end <= from) continue;
    if (/[\p{L}\p{N}]/u.test(sentence.slice(from, end))) clauses.push({ text: sentence.slice(from, end), start: from, end });
    from = end;
  }
  return clauses;
}

/** The index of the clause in which a place is. */
export const clauseAt = (clauses: readonly Clause[], at: number): number => Math.max(0, clauses.findLastIndex(({ start }) => start <= at));
