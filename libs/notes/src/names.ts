import { everyMatch } from './every-match';
import type { Position } from './positions';

/** Titles of people who were named with one, by each part of their names. */
export type Names = ReadonlyMap<string, string>;

const NAME = "\\p{Lu}[\\p{L}']{0,20}\\p{Ll}(?:-\\p{Lu}\\p{Ll}{1,20})?";
const HONORIFIC = '(?:(?:Mr|Mrs|Ms|Dr|Prof|Herrn?|Frau|Hrn?|Fr|Mme|M|Mlle|Monsieur|Madame|Sr|Sra|Don|Do\u00f1a)\\.?\\s)?';
const FULL = `(?<name>${NAME}(?:\\s${NAME}){0,2})`;
/** `Dana Ruiz, VP`, `Raj (Director`, `Anna is the COO` */
const BEFORE = new RegExp(`(?<![\\p{L}.])${FULL}(?:\\s?[,(:=-]\\s?|\\s(?:-|is|as|ist|als|est|es)\\s)(?:(?:the|their|an?|der|die|ihre?|leur|la|le|el|su)\\s)?$`, 'u');
/** `CFO Maria Lopez`, `their CTO, Jim Ford`, `GF: Hr. Wolf`, `CEO (Paul)` */
const BEHIND = new RegExp(`^(?:\\s|\\s?[,(:=-]\\s?)(?:named\\s)?${HONORIFIC}${FULL}(?![\\p{L}])`, 'u');
/** Capitalised, yet nobody's name. */
const NO_NAME = /^(?:the|they|this|that|she|he|it|we|i|our|my|and|but|or|if|so|no|not|yes|met|spoke|talked|call(?:ed)?|e?mail|contacts?|intro|notes?|budget|authority|need|timeline|role|title|wants?|has|have|is|was|with|from|will|today|hot|warm|cold|decisions?|decides|approved|board|legal|finance|procurement|sales|marketing|hr|mr|mrs|ms|dr|herrn?|frau|hrn?|mme|sr|sra|der|die|das|er|sie|wir|kein\p{L}*|il|elle|le|la|les|pas|el|ella|los|las|sin|champion|team|company|group)$/iu;
const NEAR = 60;

/** @param known those of the sentences before */
export function namesIn(text: string, positions: readonly Position[], known: Names): Names {
  const names = new Map(known);
  for (const { title, start, end } of positions.filter(({ isTheirs }) => isTheirs)) {
    if (WRITER.test(text.slice(Math.max(0, start - NEAR), start))) names.set('I', title);
    const name = BEFORE.exec(text.slice(Math.max(0, start - NEAR), start))?.groups!.name ?? BEHIND.exec(text.slice(end, end + NEAR))?.groups!.name;
    for (const part of name?.split(' ') ?? []) if (!NO_NAME.test(part)) names.set(part, title);
  }
  return names;
}

/** `I'm the IT coordinator`: whoever writes says `I` of themselves. */
const WRITER = /\bI(?:'m| am) (?:the |an? )?$/u;
const WORD = new RegExp(`(?<![\\p{L}])(?:${NAME}|I(?![\\p{L}]))`, 'gu');
const IS = new RegExp(`^\\s?(?:[:=(-]|is|with|by|from|of|ist|bei|von|durch|est|es)?\\s?${HONORIFIC}${FULL}`, 'u');

/** Whom the last name before a place is of. */
export function namedBefore(text: string, from: number, to: number, names: Names): Position | undefined {
  if (names.size === 0) return undefined;
  return everyMatch(WORD, text.slice(from, to)).flatMap(({ 0: word, index }) => ofName(word, from + index, names)).at(-1);
}

/** Whom the name is of that stands right behind a place: `: Sam`, `with Frau Kr\u00fcger`. */
export function namedBehind(text: string, at: number, names: Names): Position | undefined {
  const name = names.size === 0 ? undefined : IS.exec(text.slice(at, at + NEAR))?.groups!.name;
  return name?.split(' ').flatMap((word) => ofName(word, at, names)).at(-1);
}

function ofName(word: string, start: number, names: Names): Position[] {
  const title = names.get(word.replace(/'s?$/u, ''));
  return title === undefined ? [] : [{ title, start, end: start + word.length, isTheirs: true }];
}
