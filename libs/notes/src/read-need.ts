import { clauseAt, clausesOf } from './clauses';
import type { Passage } from './passages';
import type { NeedReading } from './reading';
import { CUES, findAll, has, isNegated } from './words/cues';

/** Whether the lead has a need, as far as the note says. What only the seller needs doesn't count. */
export function readNeed(passages: readonly Passage[]): NeedReading | null {
  const found = passages.flatMap((passage) => {
    const present = presentIn(passage);
    return present === null ? [] : [{ present, passage, isHeaded: passage.topic === 'need' }];
  });
  const best = found.find(({ isHeaded }) => isHeaded) ?? found.find(({ present }) => !present) ?? found[0];
  if (!best) return null;
  const { text, start } = best.passage;
  return { present: best.present, evidence: { text, start, end: start + text.length } };
}

const REFUSED = /^\s*(?:is |are )?["']?(?:none|no|nope|nil|nothing|kein\p{L}*|nein|aucun\p{L}*|non|pas|ning\p{L}+|nada|sin)(?![\p{L}])/iu;
const OPEN = /^\s*(?:is |are )?(?:\?|n\/?a|tbd|tbc|unclear|unknown|vague|not (?:yet )?(?:clear|identified|confirmed|established|discussed)|unklar|offen|inconnu|por definir|-)\s*(?:$|[.,(])/iu;

/** `Budget isn't a problem` */
const OF_MONEY = /(?<![\p{L}])(?:budget|money|funding|price|pricing|geld|prix|presupuesto|dinero)\s(?:\p{L}+\s){0,2}$/iu;
const NEAR = 40;

function presentIn({ text, topic, body }: Passage): boolean | null {
  if (topic === 'need') {
    const said = text.slice(body);
    if (!/[\p{L}\p{N}]/u.test(said) || OPEN.test(said)) return null;
    return !(has(CUES.noNeed, said) || REFUSED.test(said));
  }
  if (topic !== null) return null;
  const clauses = clausesOf(text);
  const isTheirs = (at: number): boolean => {
    const clause = clauses[clauseAt(clauses, at)]?.text ?? text;
    return !has(CUES.elsewhere, clause) && !has(CUES.hypothetical, clause);
  };
  if (findAll(CUES.noNeed, text).some(({ start }) => isTheirs(start) && !OF_MONEY.test(text.slice(Math.max(0, start - NEAR), start))
    && !/\b(?:not|nicht|pas|un|n't)\s(?:\p{L}+\s)?$/iu.test(text.slice(Math.max(0, start - NEAR), start)))) return false;
  const theirs = text.replace(CUES.sellersNeed, (words) => '#'.repeat(words.length));
  return findAll(CUES.need, theirs).some(({ start }) => isTheirs(start) && !isNegated(theirs, start)) ? true : null;
}
