import { words } from './text';

/** Words before a name that are none of it; only those that hardly anybody is called. */
const TITLES = new Set(`
  mr mrs ms miss mx mister dr prof professor sir dame rev hon herr frau dipl ing mag mme mlle madame monsieur sig sra srta sr dhr mevr
`.trim().split(/\s+/));
/** Words behind it; of degrees the ones that are no family names (Ma, Ba). */
const GENERATIONS = new Set(['jr', 'sr', 'ii', 'iii', 'iv']);
const DEGREES = new Set(['phd', 'md', 'dds', 'dvm', 'esq', 'mba', 'cpa', 'bsc', 'msc', 'llm', 'llb']);

/** More of them, which people are called, too: only behind a comma and a whole name. */
const POSTS = new Set('do np pa pac rn dc od dpm jd pe ma ba ms lcsw cfp crna pharmd'.split(' '));

const folded = (word: string): string => words(word).join('');

export const isTitle = (word: string): boolean => word.includes('-') ? word.split('-').every(isTitle) : TITLES.has(folded(word));
export const isGeneration = (word: string): boolean => GENERATIONS.has(folded(word));
export const isDegree = (word: string): boolean => DEGREES.has(folded(word));
export const isPost = (word: string): boolean => POSTS.has(folded(word));

/** The words of a person's name, folded, without titles before and suffixes behind; one stays whatever it is. */
export function personWords(name: string): string[] {
  const all = words(name);
  const isSuffix = (word: string) => GENERATIONS.has(word) || DEGREES.has(word);
  let [start, end] = [0, all.length];
  while (start < end - 1 && TITLES.has(all[start]!)) start += 1;
  while (end > start + 1 && isSuffix(all[end - 1]!)) end -= 1;
  return all.slice(start, end);
}
