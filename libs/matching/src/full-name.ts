import { isDegree, isGeneration, isPost, isTitle } from './person-words';

/** The parts of a name, as they are written. */
export interface NameParts { title: string; first: string; last: string }

/**
 * Splits a name that came in one: the last word counts as the surname, with the particles before it; what stands before a comma, too.
 * Suffixes of generations stay with the surname; degrees are left out, and what stands behind a second comma, as a post or a house does.
 */
export function splitFullName(full: string): NameParts {
  const [before, behind] = full.split(',').map((part) => part.trim()).filter((part, i, [whole]) => part && !isNoName(part, i > 0 && whole!.includes(' ')));
  const all = (behind ?? before ?? full.trim()).split(/\s+/);
  let [start, end] = [0, all.length];
  while (start < end - 1 && isTitle(all[start]!)) start += 1;
  while (end > start + 1 && isDegree(all[end - 1]!)) end -= 1;
  const title = all.slice(0, start).join(' ');
  const words = all.slice(start, end);
  if (behind) return { title, first: words.join(' '), last: before! };
  const surname = surnameAt(words);
  return { title, first: words.slice(0, surname).join(' '), last: words.slice(surname).join(' ') };
}

/** Suffixes; behind a name that is whole also what a post is called by, and a rank: 1st Baron Clifford. */
const isNoName = (part: string, isBehindName: boolean): boolean =>
  (isBehindName && /^\d/.test(part)) || part.split(/\s+/).every((word) => isDegree(word) || isGeneration(word) || (isBehindName && isPost(word)));

/** What a surname begins with in many languages, and is nobody's middle name. */
const PARTICLES = new Set(`
  van von der den de del della dello dei degli di da dos du las los bin ibn bint al el zum zur af av ter 't 'd
`.trim().split(/\s+/));
/** Those that are one, too, with a capital: only in small letters. */
const SMALL_PARTICLES = new Set('do das des la le lo ben abu zu ten te op y e'.split(' '));

/** The index of the word that the surname begins with: the first but where there is only one. */
function surnameAt(words: readonly string[]): number {
  const text = words.join('');
  const isCaseTelling = text !== text.toLowerCase() && text !== text.toUpperCase();
  // One letter is an initial where all are small.
  const isSmallParticle = (word: string): boolean => SMALL_PARTICLES.has(word) && (isCaseTelling || word.length > 1);
  const isParticle = (word: string): boolean =>
    isSmallParticle(word) || PARTICLES.has(isCaseTelling ? word.replace(/^[A-Z]/, (letter) => letter.toLowerCase()) : word.toLowerCase());
  const particle = words.findIndex((word, i) => i > 0 && i < words.length - 1 && isParticle(word));
  if (particle > 0) return particle;
  const generation = words.length > 2 && isGeneration(words.at(-1)!) ? 1 : 0;
  return Math.max(0, words.length - 1 - generation);
}
