import { clauseAt, clausesOf, type Clause } from './clauses';
import { namesIn, type Names } from './names';
import type { Passage } from './passages';
import { positionsIn, type Position } from './positions';
import type { AuthorityReading } from './reading';
import { apposedTo, isObject, NEAR, OF_BEHIND, startsWithPronoun, subjectOf, type Told } from './subjects';
import { cue as cueOf, CUES, findAll, has, isNegated, type Found } from './words/cues';

type Role = AuthorityReading['role'];

/** Stronger roles first: of several people the one who decides matters most. */
const ROLES = [['decision_maker', CUES.decides], ['champion', CUES.champions], ['influencer', CUES.influences], ['gatekeeper', CUES.blocks]] as const;
const RANKING: readonly Role[] = ['decision_maker', 'champion', 'influencer', 'gatekeeper', 'unknown'];

/**
 * @property passing they approved or signed something: whoever is called the one who decides comes before them
 * @property isOpen nobody is named: the next sentence may say who it is
 * @property at where in the passage the title stands of somebody of whom nothing else is said
 */
interface Person { role: Role; title: string | null; passage: Passage; passing?: boolean; isOpen?: boolean; at?: { start: number; end: number } }

/** Who decides, as far as the note says; null where it names nobody's part in it. Of several people the one with the strongest say. */
export function readAuthority(passages: readonly Passage[]): AuthorityReading | null {
  const people: Person[] = [];
  let last: Person | null = null;
  let before: readonly Person[] = [];
  let names: Names = new Map();
  const titles: string[] = [];
  for (const passage of passages) {
    const clauses = clausesOf(passage.text);
    const positions = positionsIn(passage.text, clauses);
    names = namesIn(passage.text, positions, names);
    titles.push(...positions.flatMap(({ title, isTheirs }) => (isTheirs ? [title] : [])));
    const found = peopleIn({ ...passage, clauses, positions, names }, last);
    people.push(...found, ...toldBefore(passage, found, before));
    before = found;
    last = found.findLast(({ title }) => title !== null) ?? last;
  }
  const isSaid = (person: Person): boolean => !person.isOpen && (person.role !== 'unknown' || person.title !== null);
  // A person who is spoken of twice has the stronger of the two parts.
  const best = people.filter(isSaid).sort((a, b) => RANKING.indexOf(a.role) - RANKING.indexOf(b.role)
    || Number(b.title !== null) - Number(a.title !== null) || Number(a.passing ?? false) - Number(b.passing ?? false))[0];
  if (!best) return null;
  // Who is meant of several, and whether the part of the one who is read is the strongest, isn't to be guessed.
  if (best.role === 'unknown' && new Set(people.filter(isSaid).map(({ title }) => title)).size > 1) return null;
  if (best.role !== 'decision_maker' && (people.some(({ role, isOpen }) => isOpen && role === 'decision_maker') || passages.some(isUnexplained))) return null;
  const { text, start } = best.passage;
  return { role: best.role, title: best.title && (titles.find((title) => isLonger(title, best.title!)) ?? best.title), evidence: { text, start, end: start + text.length } };
}

/** `for the IT director. Director decides`: who was named in full before. */
const isLonger = (title: string, short: string): boolean => !short.includes(' ') && title.length > short.length
  && (title.toLowerCase().endsWith(` ${short.toLowerCase()}`) || title.toLowerCase().startsWith(`${short.toLowerCase()} of `));

/** Somebody decides, and the lists don't know how it is said. */
function isUnexplained({ text, topic }: Passage): boolean {
  const hints = topic === 'ours' || has(CUES.uncertain, text) ? [] : findAll(DECIDING, text);
  return hints.length > 0 && hints.some(({ start, end }) => !ROLES.some(([, words]) => findAll(words, text).some((cue) => cue.start < end && start < cue.end)));
}
const DECIDING = cueOf([
  "(?<!no ?)decisions?(?! (?:in|on|by|expected|date|process|timeline|due|before|until|end|within|next|this|later|criteria|is expected|will be made|to be made|planned|scheduled|deadline|point|time))",
  'decides?', 'decid(?:ing|er)', 'signs', 'final (?:say|word|call|approval|sign-?off)', 'entscheid(?:et|en|er(?:in)?)', 'décide(?:nt|ra)?', 'décisionnaire',
  'decid(?:e|en|irá)', 'decisión (?:es|la|final)', 'la décision', 'unterschreibt', 'firma',
]);

/** `Decides alone. Studio owner.`, `Has budget authority. She is a Director.`: whom the sentence before was about. */
function toldBefore(passage: Passage, [person, ...others]: readonly Person[], before: readonly Person[]): Person[] {
  const open = before.find(({ title }) => title === null);
  if (!person?.at || others.length > 0 || person.role !== 'unknown' || !open || before.some(({ title }) => title !== null)) return [];
  const { start, end } = person.at!;
  return IS_ABOUT.test(passage.text.slice(0, start)) && IS_PLACE.test(passage.text.slice(end)) ? [{ ...person, role: open.role }] : [];
}
const IS_PLACE = /^(?:[^\p{L}\p{N}]|at \p{Lu}\p{L}+(?!\p{L})|here|there)*$/u;
const IS_ABOUT = /^\W*(?:(?:s?he|er|sie|il|elle|él|ella)(?:'s|\s(?:is|ist|est|es))\s(?:(?:an?|the|our|ein\p{L}*|une?|la|le)\s)?|(?:(?:job )?title|position|role|funktion|fonction|poste|cargo|puesto)\s?[:=]\s?)?$/iu;

function peopleIn(passage: Told, before: Person | null): Person[] {
  if (passage.topic === 'ours') return [];
  const { text, clauses, positions: all } = passage;
  const cues = ROLES.flatMap(([role, words]) => findAll(words, text).map((cue) => ({ role, cue })));
  const told = cues.flatMap(({ role, cue }): Person[] => {
    const behind = text.slice(cue.end, cue.end + NEAR);
    if (!isReal(clauses, cue.start) || isNegated(text, cue.start) || NOT_BEHIND.test(behind)) return [];
    if (role === 'decision_maker' && PARTLY.test(behind)) return [];
    if (role !== 'gatekeeper' && isUncertain(text, clauses, all, cue)) return []; // `refuses to tell` is what they do
    const subject = subjectOf(passage, cue);
    if (subject === 'nobody') return [];
    if (subject) return subject.isTheirs ? [{ role, title: subject.title, passage, passing: PASSING.test(cue.text) }] : [];
    const opening = clauses[clauseAt(clauses, cue.start)]!.text;
    if (before?.title && isOfBefore(text.slice(0, cue.start), opening)) return [{ role, title: before.title, passage }];
    return [{ role, title: null, passage, isOpen: !isNamed(passage, cue) }];
  });
  const theirs = all.filter(({ isTheirs, start }) => isTheirs && isReal(clauses, start));
  const agreed = theirs.filter(({ title, start, end }) => (AGREED.test(text.slice(end, end + 2 * NEAR))
    || (CONSENT_OF.test(text.slice(end, end + NEAR)) && !isNegated(text, start))) && !told.some((person) => person.title === title))
    .map(({ title }): Person => ({ role: 'decision_maker', title, passage, passing: true }));
  told.push(...agreed);
  const named = told.filter(({ isOpen }) => !isOpen);
  const asHeading = passage.topic === 'authority' && named.every(({ role }) => role !== 'decision_maker') ? headed(passage, theirs, named) : [];
  const unknown = theirs.filter((one) => !isObject(text, 0, one) && !isLabel(text, one, theirs)).filter(({ title }) => !told.some((person) => person.title === title))
    .map(({ title, start, end }): Person => ({ role: 'unknown', title, passage, at: { start, end } }));
  return [...told, ...asHeading, ...unknown];
}

/** `Project lead: Innovation Manager`: the part, and who has it. */
const isLabel = (text: string, { end }: Position, all: readonly Position[]): boolean => all.some(({ start }) => start > end && /^\s?[:=]\s?$/u.test(text.slice(end, start)));

/** Under `Authority:` stands who decides, unless something else is said of them. */
function headed(passage: Passage, theirs: readonly Position[], told: readonly Person[]): Person[] {
  const body = passage.text.slice(passage.body);
  if (has(CUES.uncertain, body) || has(CUES.negation, body) || /\?/u.test(body)) return [];
  const first = theirs.find(({ title, start }) => start >= passage.body && !JUNIOR.test(title) && !told.some((person) => person.title === title));
  if (first) return [{ role: 'decision_maker', title: first.title, passage }];
  const saysSo = /^\s*(?:is |ist |est )?(?:confirmed|best\u00e4tigt|confirm\u00e9e?|confirmad[oa]|full|yes)(?![\p{L}])/iu.test(body)
    || (has(CUES.decides, passage.text.slice(0, passage.body)) && /^\s*\p{Lu}\p{L}+/u.test(body));
  return saysSo && told.length === 0 ? [{ role: 'decision_maker', title: null, passage }] : [];
}

/** Whoever stands under such a heading, they don't decide. */
const JUNIOR = /(?<![\p{L}])(?:intern|trainee|apprentice|student|receptionist|assistant|assistent(?:in)?|secretary|clerk|coordinator|analyst|azubi|praktikant(?:in)?|werkstudent(?:in)?|sekretärin|stagiaire|alternante?|assistante|secrétaire|becari[oa]|asistente|secretari[oa]|recepcionista)(?![\p{L}])/iu;

const isReal = (clauses: readonly Clause[], start: number): boolean => {
  const clause = clauses[clauseAt(clauses, start)];
  return !clause || !has(CUES.hypothetical, clause.text);
};

const ASKED = /(?<![\p{L}])(?:who|wer|qui|qui\u00e9n|whether|if|ob|si)\s(?:\p{L}+\s){0,2}$/iu;

/** `entscheiden darf er nicht`, `decides nothing` */
const NOT_BEHIND = /^\s(?:(?:darf|kann|tut|will|soll|d\u00fcrfen|k\u00f6nnen)\s(?:\p{L}+\s){0,3}nicht|(?:(?:hier|das|selbst|allein|aber|trifft|er|sie)\s)*(?:nichts?|keine[ns]?|nothing|rien|nada))(?![\p{L}])/iu;

/** Of one side of it. */
const PARTLY = /^(?:\s\p{L}+){0,2}\s(?:on|for|of)\s(?:the\s)?(?:security|technical|tech|legal|compliance|data|privacy|architecture|it)(?![\p{L}])(?!\s(?:spend|budget|purchas|director|manager|lead))/iu;

/** It tells of somebody, so asks nothing. */
const RELATIVE = /(?:^\s*|,\s*|\b(?:one|person|celui|celle|lui|elle)\s+|\b\p{Lu}\p{L}+\s+)(?:who|qui)\s(?:\p{L}+\s){0,2}$/u;

/** The writer doesn't know, says the clause or the one behind it. */
function isUncertain(text: string, clauses: readonly Clause[], positions: readonly Position[], { start, end }: Found): boolean {
  const index = clauseAt(clauses, start);
  const clause = clauses[index];
  if (!clause) return false;
  const before = clause.text.slice(Math.max(0, start - clause.start - 60), start - clause.start);
  const asked = ASKED.exec(before);
  const isOf = (position: Position): boolean => /^[\s,]*$/u.test(text.slice(position.end, start - (asked?.[0].length ?? 0)));
  // `who decides: it's Peter, the CFO`
  const isAnswered = /^\s*:/u.test(text.slice(end)) && apposedTo(text, positions, { start, end, text: '' }) !== undefined;
  if (isAnswered) return false;
  const isAsked = asked !== null && !RELATIVE.test(before) && !positions.some(isOf);
  return has(CUES.uncertain, clause.text) || isAsked || has(CUES.uncertain, clauses[index + 1]?.text ?? '');
}

const PASSING = new RegExp(`${OF_BEHIND.source}|^(?:gave|given?|giv\\w+|signed)\\b`, 'iu');
/** Behind a position: they have agreed once. */
const AGREED = /^\s(?:(?:has|have|had|already|just|also|now|verbally)\s)*(?:approved|signed off|ok'?e?d|green-?lit|green-?lighted|authori[sz]ed|released|blessed)(?![\p{L}])(?! by)|^\s(?:hat|haben)\s(?:\S{1,20}\s){0,6}(?:freigegeben|genehmigt|bewilligt|zugesagt|zugestimmt|unterschrieben)(?![\p{L}])|^\sa\s(?:(?:déjà|bien)\s)*(?:valid|approuv|sign|débloqu|accord)é(?![\p{L}])|^\s(?:ya\s)?(?:ha\s)?(?:aprob|autoriz|firm)(?:ó|ado)(?![\p{L}])/iu;

/** `pending CFO approval` */
const CONSENT_OF = /^(?:'s)?\s(?:for\s)?(?:final\s|formal\s|written\s|verbal\s)?(?:approval|sign-?off|signature|consent|blessing|go-?ahead|decision|ok)(?![\p{L}])/iu;

/** `He decides`: whom the sentence before is about. */
const isOfBefore = (before: string, clause: string): boolean =>
  /^\W*(?:Sie|Er|Elle|Il|Ella|\u00c9l)\s$/u.test(before) || startsWithPronoun(clause) || startsWithPronoun(before) || /^[^\p{L}]*(?:\p{Ll}\p{L}*\s)?$/u.test(before)
    || /^\W*(?:now|but|only|just|nur|his part|role|rolle|r\u00f4le)\b/iu.test(before);

/** `Rob decides`, `DM: Rob`: a name, which is all that is known of them. */
const isNamed = ({ text, topic }: Passage, { start, end, text: word }: Found): boolean =>
  !has(CUES.bodies, text) && ((/(?:^|[\s(,])\p{Lu}\p{Ll}+\s(?:is (?:the |our |a )?|has (?:the )?|ist |est |es |will |can |hat (?:das )?|makes )?$/u.test(text.slice(0, start)) && !/^(?:They|The|This|That|It|We|If|Budget|No|Who|What|Sie|Er|Elle|Il|Ella|\u00c9l)\s/u.test(text.slice(0, start).trimStart()))
    || /^\s*(?:is|=|:|ist|est|es)\s*(?:the\s)?\p{Lu}\p{L}+/u.test(text.slice(end))
    || (startsWithPronoun(text.slice(0, start)) && (!/s$/iu.test(word) || word.length > 3))
    || (topic === 'authority' && /^\s*[:=]\s*\p{Lu}/u.test(text.slice(end))));
