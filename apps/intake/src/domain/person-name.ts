import { areNicknames, isDegree, isGeneration, isTitle, personWords } from '@headwater/matching';

export interface PersonName {
  salutation?: string | null;
  first_name?: string | null;
  last_name?: string | null;
  full_name?: string | null;
}

/**
 * Fills the parts from the full name and the full name from the parts. The last word counts as the surname, with the particles
 * before it; what stands before a comma, too. A title before the name is its salutation when there is none.
 */
export function completeName({ first_name, last_name, full_name, salutation }: PersonName): PersonName {
  const full = full_name?.trim() || [first_name, last_name].filter(Boolean).join(' ') || null;
  if (first_name || last_name || !full) return { first_name, last_name, full_name: full, salutation };
  const { title, first, last } = partsOf(full);
  return { first_name: first || null, last_name: last, full_name: full, salutation: salutation ?? (title || undefined) };
}

function partsOf(full: string): { title: string; first: string; last: string } {
  const [before, behind] = full.split(',').map((part) => part.trim()).filter((part) => part && !part.split(/\s+/).every(isSuffix));
  const all = (behind ?? before ?? full).split(/\s+/);
  let [start, end] = [0, all.length];
  while (start < end - 1 && isTitle(all[start])) start += 1;
  while (end > start + 1 && isDegree(all[end - 1])) end -= 1;
  const title = all.slice(0, start).join(' ');
  const words = all.slice(start, end);
  if (behind) return { title, first: words.join(' '), last: before };
  const surname = surnameAt(words);
  return { title, first: words.slice(0, surname).join(' '), last: words.slice(surname).join(' ') };
}

const isSuffix = (word: string): boolean => isDegree(word) || isGeneration(word);

/** What a surname begins with in many languages; written with a capital only those that are nobody's middle name. */
const PARTICLES = new Set(`
  van von der den de del della dello dei degli di da das do dos du des la las le los lo el al bin ibn bint ben abu y e zu zum zur af av ter ten te
  't op 'd Van Von De Del Della Di Da Dos Du Bin Ibn Al El
`.trim().split(/\s+/));

/** The index of the word that the surname begins with: the first but where there is only one. */
function surnameAt(words: string[]): number {
  const particle = words.findIndex((word, i) => i > 0 && i < words.length - 1 && PARTICLES.has(word));
  if (particle > 0) return particle;
  const generation = words.length > 2 && isGeneration(words[words.length - 1]) ? 1 : 0;
  return Math.max(0, words.length - 1 - generation);
}

/**
 * Whether two names are clearly those of different people: both are known, and no word of one occurs in the other, not
 * even as its initial or as the short form of a given name. A changed surname alone is no contradiction.
 */
export function namesContradict(one: PersonName, other: PersonName): boolean {
  const a = wordsOf(one);
  const b = wordsOf(other);
  if (a.length === 0 || b.length === 0 || a.join('') === b.join('')) return false;
  return !a.some((word) => b.some((also) => word === also || isInitialOf(word, also) || isInitialOf(also, word) || areNicknames(word, also)));
}

const isInitialOf = (initial: string, word: string): boolean => initial.length === 1 && word.startsWith(initial);

const wordsOf = ({ first_name, last_name, full_name }: PersonName): string[] =>
  personWords(full_name ?? [first_name, last_name].filter(Boolean).join(' '));
