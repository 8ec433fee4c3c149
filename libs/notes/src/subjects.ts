import { clauseAt, type Clause } from './clauses';
import { namedBefore, namedBehind, type Names } from './names';
import type { Passage } from './passages';
import type { Position } from './positions';
import { CUES, findAll, has, type Found } from './words/cues';

/** A passage, what it is made of, and who was named so far. */
export interface Told extends Passage { clauses: readonly Clause[]; positions: readonly Position[]; names: Names }

/** Before a position: it is whom somebody has to ask, not who is spoken of. */
const OBJECT = /(?:convince|ask|check with|report(?:s|ing)? to|run it by|via|through|fragen|\u00fcberzeugen|convaincre|convencer|advises|ber\u00e4t|conseille|asesora|knows)\s(?:\p{L}+\s)?$/iu;
/** For whom somebody does something. */
const FOR = /(?<!(?:decision|call|up|down) (?:is )?)\b(?:for|für|pour|para|on behalf of)\s(?:\p{L}+\s)?$/iu;
export const isObject = (text: string, from: number, { start }: Position): boolean => [OBJECT, FOR].some((words) => words.test(text.slice(Math.max(from, start - NEAR), start)));
/** Longer stretches only cost time. */
export const NEAR = 60;
/** What is done to the one behind it. */
const ASKS = /(?:convince|ask|check with|run it by|fragen|\u00fcberzeugen|convaincre|convencer|input|feedback|advice|opinion|recommend\p{L}*|findings)$/iu;

/** Whoever stands behind it. */
export const OF_BEHIND = /\b(?:from|by|with|of|without|without asking|del?|de la|de su|du|de l'|des|par|por|por parte del?|vom|durch|von|von der|beim|bei der|aux?|à)$/iu;

/** `collects quotes for the Head of IT, who`: of an object something is said, too. */
const WHO = /^(?:\s\p{Lu}\p{L}+)?,?\s(?:who|qui|der|die|que|quien)(?:'\p{L}+)?(?:\s|$)/u;

/** Of those who do it together the first; else the one who stands next to what is said. */
function firstOfThem(text: string, before: readonly Position[]): Position | undefined {
  let first = before.length - 1;
  while (first > 0 && /^\s?(?:and|&|\+|or|und|et|y|ou|oder|o|\/)\s?(?:(?:the|der|die|le|la|el)\s)?$/iu.test(text.slice(before[first - 1]!.end, before[first]!.start))) first -= 1;
  return before[first];
}

/** Between somebody and what is said: it is said of another, who has no title. */
function isOfABody(between: string): boolean {
  const body = findAll(CUES.bodies, between).at(-1);
  return body !== undefined && /\s(?:his|her|their|the|(?:s|ihr)ein\p{L}*|ihr\p{L}*|sa|son|leur|su|der|die|le|la|el|l')\s?\p{L}+(?:\s\p{L}+){0,2}\s?$/iu.test(between.slice(Math.max(0, body.end - NEAR), body.end))
    && /^(?:'s)?\s(?:\p{L}+\s){0,2}$/iu.test(between.slice(body.end));
}

/** Of whom something is said; null where that isn't told, 'nobody' where it is of no position: a board, a team, somebody's boss. */
export function subjectOf({ text, clauses, positions, names }: Told, cue: Found): Position | 'nobody' | null {
  const index = clauseAt(clauses, cue.start);
  const clause = clauses[index] ?? { start: 0, end: text.length, text };
  const isIn = ({ start }: Position, { start: from, end }: { start: number; end: number }): boolean => start >= from && start < end;
  const here = positions.filter((position) => isIn(position, clause));
  const preceding = here.filter((position) => position.end <= cue.start);
  const isSpokenOf = (position: Position): boolean => !isObject(text, clause.start, position) || WHO.test(text.slice(position.end, cue.start));
  const named = namedBefore(text, Math.max(preceding.at(-1)?.end ?? 0, clause.start), cue.start, names);
  const before = named && !has(CUES.bodies, text.slice(named.end, cue.start)) && !isObject(text, clause.start, named) ? named
    : firstOfThem(text, preceding.filter(isSpokenOf));
  const behind = here.find(({ start }) => start >= cue.end);
  // `signed by the CFO`: whoever stands behind, and nobody else
  if (OF_BEHIND.test(cue.text) && has(CUES.decides, cue.text)) return behind ?? apposedTo(text, positions, cue) ?? namedBehind(text, cue.end, names) ?? 'nobody';
  if (before && isOfABody(text.slice(before.end, cue.start))) return 'nobody';
  if (before) return before;
  const between = text.slice(clause.start, cue.start);
  const body = findAll(CUES.bodies, between).at(-1);
  if (behind && !ASKS.test(cue.text) && !OBJECT.test(text.slice(cue.end, behind.start))
    && introduces(text.slice(cue.end, behind.start), between)) return behind;
  const answer = /^\s*:/u.test(text.slice(cue.end)) ? apposedTo(text, positions, cue) ?? namedBehind(text, cue.end, names) : namedBehind(text, cue.end, names);
  if (answer) return answer;
  if (body && !/\b(?:of|for|der|de|von)\s(?:the\s)?$/iu.test(between.slice(0, body.start))) return 'nobody';
  if (/^\s*(?:i|we|you|wir|ich|nous|on|je|nosotros|yo|nobody|niemand|personne|they|ils|ellos|everyone|alle)\s/iu.test(between)) return 'nobody';
  if (startsWithPronoun(between) && index === 0) return null;
  const rest = text.slice(cue.end, cue.end + 40).split(',')[0]!;
  const decidesBehind = findAll(CUES.bodies, rest)[0];
  if (decidesBehind && !behind && introduces(rest.slice(0, decidesBehind.start), '')) return 'nobody';
  return neighbour(text, clauses, index, positions, cue);
}

/** `by Anna Berg (VP Procurement)`, `: it's Peter, the Managing Director` */
export const apposedTo = (text: string, positions: readonly Position[], { end }: Found): Position | undefined => {
  const next = positions.find(({ start }) => start >= end);
  return next && APPOSED.test(text.slice(end, Math.min(next.start, end + NEAR))) && next.start < end + NEAR ? next : undefined;
};
const APPOSED = /^\s*:?\s*(?:(?:it's|it is|that's|that is|that would be|is|das ist|c'est|es)\s)?(?:(?:the|der|die|le|la|el|mr|mrs|ms|dr|herr|frau|hr|fr|both|his|her|their|su|son|sa|sein\p{L}*|ihr\p{L}*)\.?\s)*(?:(?:boss|manager|chef|jef[ea]|vorgesetzten?)\s?)?(?:\p{Lu}[\p{L}'-]+\s?){0,3}[\s,(]*(?:the\s|der\s|die\s|le\s|la\s|el\s)?$/u;

export const startsWithPronoun = (text: string): boolean => findAll(CUES.pronouns, text)
  .some(({ start }) => /^[^\p{L}]*(?:(?:and|but|now|und|aber|et|mais|y|pero)[^\p{L}]*)?$/iu.test(text.slice(0, start)));

/** Between what is said and whom it is said of: `is the`, `(`, `tut der`; not a whole other statement. */
const introduces = (between: string, before: string): boolean =>
  between.length <= NEAR && /^(?:[\s:=-]|is|are|will be|made|taken|was|be|remains|would be|seems to be|here|lies|rests|sits|stays|belongs|falls|to|on|by|with|liegt|liegen|wird|aber|tut|ist|soll|sollte|hat|est|es|the|our|their|a|der|die|den|le|la|el|un|une|l'|nur|only|always|ultimately|beim|bei|finalement|au|revient|trifft|tiene|lo|ici|allein|am ende|schlussendlich|hier|sera|c'est|,)*$/iu.test(between.replace(/(?<![\p{L}])(?:(?:Mr|Mrs|Ms|Dr|Hr|Fr|Mme|Sr|Sra)\.\s?)?\p{Lu}\p{Ll}+(?![\p{L}])/gu, '')) && !/\p{L}{3,}\s\p{L}{3,}\s\p{L}+\s*$/u.test(before.slice(-NEAR).replace(/\b(?:the|final|their|main|real|actual|has|is)\b/giu, ''));

/** A clause that names nobody goes on with whom the one before is about; what stands in brackets or behind a colon, too. */
function neighbour(text: string, clauses: readonly Clause[], index: number, positions: readonly Position[], cue: Found): Position | 'nobody' | null {
  const own = clauses[index]!.text.slice(0, cue.start - clauses[index]!.start);
  const hasOther = /(?:^|\s)\p{Lu}\p{Ll}+\s*$/u.test(own) && !/^[^\p{L}]*(?:\p{L}+[^\p{L}]*)?$/u.test(own);
  const isRelative = /^\W*(?:who|qui|der|die|que|quien)(?:'\p{L}+)?\s/iu.test(own);
  for (let i = index - 1; i >= 0; i -= 1) {
    const { start, end } = clauses[i]!;
    if (isRelative && i === index - 1 && findAll(CUES.bodies, clauses[i]!.text).some((body) => /^[^\p{L}]*$/u.test(clauses[i]!.text.slice(body.end))
      && !positions.some((position) => position.end === start + body.end))) return 'nobody';
    const there = positions.filter((position) => position.start >= start && position.start < end && (isRelative
      || !isObject(text, start, position)));
    if (there.length > 0) return hasOther ? 'nobody' : there.at(-1)!;
    if (has(CUES.bodies, clauses[i]!.text) && i === index - 1 && !has(CUES.pronouns, own)) return 'nobody';
  }
  const following = positions.find(({ start }) => start >= cue.end && start < (clauses[index + 2] ?? clauses[index + 1] ?? clauses[index]!).end);
  const isNear = following && introduces(text.slice(cue.end, following.start).replace(/[(,)]/gu, ' '), '');
  return isNear && !ASKS.test(cue.text) ? following : null;
}
