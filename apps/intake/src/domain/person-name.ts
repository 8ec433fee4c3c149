export interface PersonName {
  first_name?: string | null;
  last_name?: string | null;
  full_name?: string | null;
}

/** Fills the parts from the full name and the full name from the parts; the last word counts as the surname. */
export function completeName({ first_name, last_name, full_name }: PersonName): PersonName {
  const full = full_name?.trim() || [first_name, last_name].filter(Boolean).join(' ') || null;
  if (first_name || last_name || !full) return { first_name, last_name, full_name: full };
  const words = full.split(/\s+/);
  return words.length === 1
    ? { first_name: null, last_name: words[0], full_name: full }
    : { first_name: words.slice(0, -1).join(' '), last_name: words.at(-1), full_name: full };
}

/**
 * Whether two names are clearly those of different people: both are known, and no word of one occurs in the other, not
 * even as its initial. A changed surname alone is no contradiction.
 */
export function namesContradict(one: PersonName, other: PersonName): boolean {
  const a = wordsOf(one);
  const b = wordsOf(other);
  if (a.length === 0 || b.length === 0) return false;
  return !a.some((word) => b.some((also) => word === also || isInitialOf(word, also) || isInitialOf(also, word)));
}

const isInitialOf = (initial: string, word: string): boolean => initial.length === 1 && word.startsWith(initial);

const wordsOf = ({ first_name, last_name, full_name }: PersonName): string[] =>
  (full_name ?? [first_name, last_name].filter(Boolean).join(' '))
    .normalize('NFKD').replace(/\p{Diacritic}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
