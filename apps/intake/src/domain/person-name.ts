import { areNicknames, personWords, splitFullName } from '@headwater/matching';

export interface PersonName {
  salutation?: string | null;
  first_name?: string | null;
  last_name?: string | null;
  full_name?: string | null;
}

/** As many letters as the full name of a lead may have. */
const LONGEST = 200;

/** Of parts that are too long together what fits, cut between characters. */
export const fullNameOf = ({ first_name, last_name }: PersonName): string =>
  [first_name, last_name].filter(Boolean).join(' ').slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '').trimEnd();

/**
 * Fills the parts from the full name and the full name from the parts. The last word counts as the surname, with the particles
 * before it; what stands before a comma, too. A title before the name is its salutation when there is none.
 */
export function completeName({ first_name, last_name, full_name, salutation }: PersonName): PersonName {
  const full = full_name?.trim() || fullNameOf({ first_name, last_name }) || null;
  if (first_name || last_name || !full) return { first_name, last_name, full_name: full, salutation };
  const { title, first, last } = splitFullName(full);
  return { first_name: first || null, last_name: last, full_name: full, salutation: salutation ?? (title || undefined) };
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
