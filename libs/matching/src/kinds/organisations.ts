import type { Kind } from '../kind';
import { remembering } from '../remembering';
import { edits, isLike, isOneEdit, sharedWords } from '../similarity';
import { words } from '../text';
import { withoutAttachedForms, withoutLegalForms } from './legal-forms';

/** Words that come and go, wherever they stand; legal forms within a name, too, as two companies' names in one. */
const FILLERS = new Set(`
  inc incorporated corp corporation co company llc llp lp ltd limited plc pty pvt gmbh mbh ag kg kgaa ohg ug gbr ev se sa sas sarl sasu
  eurl snc spa srl srls sl slu sociedad anonima bv nv vof cv ab as asa aps oy oyj kft zrt nyrt sro doo dd ooo oao zao pao kk kabushiki
  kaisha bhd sdn pte eood ead ltda eireli saci cie holding holdings group und and the of for de la le der die das et y e di
`.trim().split(/\s+/));

/** The same however often it is asked: what the one step leaves may be something for the other. */
function meaningful(all: readonly string[]): string[] {
  const some = withoutLegalForms(all).filter((word) => !FILLERS.has(word));
  if (some.length === 0) return [...all];
  return some.length === all.length ? some : meaningful(some);
}

export const company: Kind = {
  name: 'company',
  normalise: (raw) => meaningful(words(withoutAttachedForms(raw).replaceAll('&', ' and '))).join(' ') || null,
  levels: [
    { name: 'equal', m: 0.58, u: 0.0003, by: 'value', alike: true },
    { name: 'close', m: 0.14, u: 0.0003, alike: true },
    { name: 'contained', m: 0.15, u: 0.0005, by: 'rarest word' },
    { name: 'overlapping', m: 0.09, u: 0.005, by: 'rarest word' },
    { name: 'different', m: 0.04, u: 0.9939 },
  ],
  compare(a, b) {
    const [one, other] = [readName(a), readName(b)];
    if (one.joined === other.joined) return 0;
    if (isSpeltClosely(one, other)) return 1;
    const shared = sharedWords(one.words, other.words).length;
    if (shared > 0) return shared >= Math.min(one.words.length, other.words.length) ? 2 : 3;
    return one.initials === b || other.initials === a ? 3 : 4;
  },
  shared: (a, b) => sharedWords(readName(a).words, readName(b).words),
};

/** `words` has each once. */
const readName = remembering((name) => {
  const all = name.split(' ');
  const once = [...new Set(all)];
  return {
    joined: all.join(''), words: once, sorted: [...once].sort().join(' '), numbers: name.replace(/\D+/g, ' ').trim(),
    initials: all.length >= 2 ? all.map((word) => word[0]).join('') : null,
  };
});

type Name = ReturnType<typeof readName>;

/** So many letters for each slip, of which there are two at most. */
const LETTERS_PER_SLIP = 7;

/** In another order, or spelt otherwise. A number is no spelling, nor is another word: School 12 is not School 13, North not South. */
function isSpeltClosely(a: Name, b: Name): boolean {
  if (a.sorted === b.sorted) return true;
  if (a.numbers && b.numbers && a.numbers !== b.numbers) return false;
  const slips = Math.min(2, Math.floor(Math.min(a.joined.length, b.joined.length) / LETTERS_PER_SLIP));
  const isClose = isLike(a.joined, b.joined, 0.94) || edits(a.joined, b.joined, slips) <= slips || edits(a.sorted, b.sorted, slips) <= slips;
  return isClose && !(hasAnotherWord(a, b) && hasAnotherWord(b, a));
}

/** One that is too short for two slips, more than one away from all of the other's, and short for none of them. */
const hasAnotherWord = (a: Name, b: Name): boolean => a.words.some((word) =>
  word.length <= LETTERS_PER_SLIP && !b.words.some((other) => isOneEdit(word, other) || isShortFor(word, other) || isShortFor(other, word)));

/** As sq for square and ctr for center: some of its letters, the first among them. */
function isShortFor(short: string, long: string): boolean {
  let found = 0;
  for (const letter of long) if (letter === short[found]) found += 1;
  return short[0] === long[0] && found === short.length;
}

/** Registrable domain or host, as it was derived. */
export const domain: Kind = {
  name: 'domain',
  normalise: (raw) => raw.trim().toLowerCase().replace(/^[a-z]+:\/\//, '').split(/[/?#:\s]/)[0]!.replace(/^(www\d?\.)+/, '') || null,
  levels: [
    { name: 'equal', m: 0.80, u: 0.0005, by: 'value', alike: true },
    { name: 'different', m: 0.20, u: 0.9995 },
  ],
  compare: (a, b) => (a === b ? 0 : 1),
};
