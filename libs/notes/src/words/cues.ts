import { everyMatch } from '../every-match';
import { ENGLISH } from './english';
import { FRENCH } from './french';
import { GERMAN } from './german';
import { SPANISH } from './spanish';
import type { Words } from './words';

const LANGUAGES: readonly Words[] = [ENGLISH, GERMAN, FRENCH, SPANISH];

const WITHOUT_ACCENT: Readonly<Record<string, string>> = {
  ä: '(?:ä|ae?)', ö: '(?:ö|oe?)', ü: '(?:ü|ue?)', ß: '(?:ß|ss)', é: '[ée]', è: '[èe]', ê: '[êe]', à: '[àa]', â: '[âa]', û: '[ûu]', ô: '[ôo]',
    î: '[îi]', ç: '[çc]',
  á: '[áa]', í: '[íi]', ó: '[óo]', ú: '[úu]', ñ: '[ñn]', '\'': '\'?', ' ': ' +',
};

/** A pattern of one of several expressions, as people type them: accents and apostrophes may be absent. */
export const typed = (patterns: readonly string[]): string =>
  patterns.map((pattern) => pattern.replace(/\[[^\]]*\]| \?|é(?:s?\)?|e|\(\?:e\)\?)$|[äöüßéèêàâûôîçáíóúñ' ]/gu, (found) =>
    WITHOUT_ACCENT[found] ?? found)).join('|');

/** Words with borders at both ends, in any case. */
export const cue = (patterns: readonly string[]): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${typed(patterns)})(?![\\p{L}\\p{N}])`, 'giu');

type Lists = Exclude<keyof Words, 'headings'>;
const wordsOf = (list: Lists): string[] => LANGUAGES.flatMap((words) => words[list]);

/** The words of all languages at once: the note's language needn't be known, and notes mix them. */
export const CUES = Object.fromEntries(
  (Object.keys(ENGLISH) as (keyof Words)[]).filter((list) => list !== 'headings').map((list) => [list, cue(wordsOf(list as Lists))]),
) as Readonly<Record<Lists, RegExp>>;

/** Behind a word of a list and blanks, at the end of a text. */
export const endsWith = (list: Lists): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${typed(wordsOf(list))})\\s*$`, 'iu');

/** Words that a heading has, and a heading that is nothing but one of them. */
export const HEADINGS = (['ours', 'budget', 'authority', 'need', 'timeline'] as const).map((topic) =>
{
  const patterns = LANGUAGES.flatMap(({ headings }) => headings[topic]);
  return { topic, words: cue(patterns), alone: new RegExp(`^(?:${typed(patterns)})\\.?$`, 'iu') };
});

export interface Found { start: number; end: number; text: string }

/** What was found last, by list and text: the readers ask several times of the same clause. It changes no answer. */
const REMEMBERED = new WeakMap<RegExp, Map<string, readonly Found[]>>();
const MOST_REMEMBERED = 64;

export function findAll(words: RegExp, text: string): readonly Found[] {
  let remembered = REMEMBERED.get(words);
  if (!remembered || remembered.size >= MOST_REMEMBERED) REMEMBERED.set(words, (remembered = new Map()));
  let found = remembered.get(text);
  if (!found) {
    found = everyMatch(words, text).map(({ index, 0: word }) => ({ start: index, end: index + word.length, text: word }));
    remembered.set(text, found);
  }
  return found;
}

export const has = (words: RegExp, text: string): boolean => findAll(words, text).length > 0;

/** Negated is what a negation stands before, with three words between at most. */
export function isNegated(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 60), at);
  const last = findAll(CUES.negation, before).at(-1);
  return last !== undefined && /^[^,;:()]*$/u.test(before.slice(last.end)) && !has(CUES.conjunctions, before.slice(last.end))
    && (before.slice(last.end).match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= 3;
}
