import { clauseAt, clausesOf, type Clause } from './clauses';
import { currencyIn, moneyIn, type Money } from './money';
import type { Passage } from './passages';
import type { BudgetReading } from './reading';
import { cue, CUES, findAll, has, isNegated, type Found } from './words/cues';

type Status = BudgetReading['status'];
interface Said { amount: number | null; currency: string | null; status: Status | null; passage: Passage; weight: number }

/** What the note says of the budget; null where it says nothing. Of several amounts the first, unless a later one replaces it. */
export function readBudget(passages: readonly Passage[]): BudgetReading | null {
  let before: Passage | null = null;
  const said: Said[] = [];
  let previous = '';
  for (const passage of passages) {
    const here = saidIn(passage) ?? (before ? continued(passage, before) : null);
    if (here) said.push(here);
    else if (!before && passage.topic === null && !has(CUES.otherMoney, previous)) said.push(...aloneIn(passage));
    previous = passage.text;
    if (here || passage.topic === 'budget' || has(BUDGET_ITSELF, passage.text)) before = passage;
    else if (!has(CUES.hypothetical, passage.text)) before = null;
  }
  const best = said.reduce<Said | null>(better, null);
  if (!best) return null;
  const { text, start } = best.passage;
  const isNone = best.status === 'none'; // what there was, or isn't for this, is no amount
  return { amount: isNone ? null : best.amount, currency: isNone ? null : best.currency, status: best.status ?? 'unknown', evidence: { text, start, end: start + text.length } };
}

/** Beside an amount that is all that a sentence says. */
const FILLERS = /(?:\b|\/ ?)(?:about|approx|around|roughly|ca|circa|rund|etwa|environ|unos|some|or so|in total|total|all in|net|gross|netto|brutto|ht|ttc|incl|excl|vat|usd|eur|only|just|maybe|perhaps|(?:per|a|an|each|pro|par|por|al|im) ?(?:year|yr|annum|month|mo|jahr|monat|an|mois|a\u00f1o|mes)|p\.?a|month|year|yr|yearly|annually|monthly|mensuales|once|ok|okay|fine)(?![\p{L}])/giu;

/** A sentence that is nothing but an amount. */
function aloneIn(passage: Passage): Said[] {
  const [money, ...others] = moneyIn(passage.text);
  if (!money || others.length > 0) return [];
  const rest = `${passage.text.slice(0, money.start)} ${passage.text.slice(money.end)}`.replace(FILLERS, '');
  return /\p{L}/u.test(rest) ? [] : [{ amount: money.amount, currency: money.currency, status: null, passage, weight: 2 }];
}

function better(best: Said | null, next: Said): Said {
  if (!best || next.weight > best.weight || (next.amount !== null
    && REPLACES.test(next.passage.text))) return { ...next, status: next.status ?? (best?.status === 'none' ? null : best?.status) ?? null };
  return best.status === null && next.amount === null ? { ...best, status: next.status } : best;
}

const REPLACES = /\b(?:now|increased|raised to|revised|updated|instead|inzwischen|jetzt|d\u00e9sormais|maintenant|ahora)\b/iu;
/** Money is spoken of in many words; without an amount only the budget's own names say something of it. */
const BUDGET_ITSELF = cue([
  '\\p{L}*budgets?', 'budget\\p{L}+', 'bud', 'bdgt', 'funds', 'funding', 'money', 'mittel', 'etat', 'geld', 'haushaltsmittel', 'financement', 'enveloppe',
  'presupuesto', 'ppto', 'fondos', 'dinero',
]);
const OF_ANYBODY = /\b(?:budget|funding)[- ](?:season|cycle|owner|holder|authority|responsibility|control|planning|meeting|round|process|discussion|question|talk)s?\b|\b(?:owns?|holds?|controls?|manages?|verantwortet)\s(?:(?:the|his|her|their|own|das|sein|ihr)\s)*budgets?\b(?!\s?\(|\sof\s)|\bbudgethoheit\b/giu;

/** What is over an amount, or up to it, is what somebody may sign. */
const BOUNDS_SIGNING = /(?:\b(?:anything|everything|purchases|orders|deals|all|whatever)\s(?:\p{L}+\s){0,2}|\bspend(?:ing)?\s(?=over|above|beyond)|\b(?:alles|tout|todo)\s(?:\p{L}+\s){0,3}|\b(?:signs?|decides?|approves?|authority|decision[- ]?maker|sign-off)\s(?:\p{L}+\s){0,4})(?:above|over|under|below|up to|beyond|exceeding|than|\u00fcber|unter|bis|jusqu'\u00e0|au-del\u00e0 de|de plus de|hasta|supera|de)\s[^\p{L}]{0,3}$/iu;
const BY_ONESELF = /^\s(?:(?:him|her|them)sel(?:f|ves)|alone|on (?:his|her|their) own|selbst|allein|seule?|sol[oa])(?![\p{L}])/iu;
/** `slashed to 45k`: what an amount has become. */
const CHANGED_TO = /\b(?:cut|slashed|reduced|lowered|trimmed|increased|raised|bumped|upped|revised|changed|adjusted|corrected|down|up|now|gek\u00fcrzt|erh\u00f6ht|aufgestockt|reduziert|ramen\u00e9|port\u00e9|r\u00e9duit|revu|reducid[oa]|ampliad[oa]|recortad[oa]|subid[oa])\s(?:\p{L}+\s){0,2}(?:to|at|auf|\u00e0|a)?\s?[^\p{L}]{0,3}$/iu;
/** `€1.5m, of which 120k`, `$150k of that` */
const isPartForThis = (text: string, whole: Money, part: Money): boolean => part.amount < whole.amount
  && (/\b(?:of which|davon|dont|de los cuales|de ellos)\s(?:\p{L}+\.?\s){0,2}[^\p{L}]{0,3}$/iu.test(text.slice(whole.end, part.start)) || /^\s(?:out )?of (?:that|this|it)\b/iu.test(text.slice(part.end)))
  && !/\b(?:another|other|already|bereits|d\u00e9j\u00e0|ya)\b/iu.test(text.slice(part.end));
const isQuestion = (text: string): boolean => /\?["')]?\s*$/u.test(text);

function saidIn(passage: Passage): Said | null {
  const { topic } = passage;
  if (topic !== null && topic !== 'budget') return null;
  const text = passage.text.replace(OF_ANYBODY, (words) => ' '.repeat(words.length));
  const isHeaded = topic === 'budget';
  const clauses = clausesOf(text);
  const real = clauses.filter((clause) => !has(CUES.hypothetical, clause.text) && !has(CUES.elsewhere, clause.text));
  const isReal = ({ start }: { start: number }): boolean => real.includes(clauses[clauseAt(clauses, start)]!);
  const amounts = moneyIn(text, true).filter((one) => isReal(one) && !BY_ONESELF.test(text.slice(one.end, one.end + NEAR)) && !BOUNDS_SIGNING.test(text.slice(Math.max(0, one.start - NEAR), one.start)));
  const told = amounts.find((one) => isBudget(clauses, one, isHeaded));
  const money = told && (amounts.findLast((one) => one.start > told.start && (CHANGED_TO.test(text.slice(told.end, one.start))
    || isPartForThis(text, told, one))) ?? told);
  if (money) {
    const status = isQuestion(text) ? null : statusOf(about(text, clauses, money));
    return { amount: money.amount, currency: money.currency ?? currencyIn(text), status, passage, weight: 4 + (isHeaded ? 2 : 0) + (status ? 1 : 0) };
  }
  const body = isHeaded ? text.slice(passage.body) : '';
  if (isHeaded && !/[\p{L}\p{N}]/u.test(body)) return null;
  if (isHeaded && /^\s*(?:n\/?a|\?)\s*\.?$/iu.test(body)) return null;
  if (isHeaded && REFUSED.test(body)) return { amount: null, currency: null, status: 'none', passage, weight: 3 };
  const spoken = real.filter((clause) => has(BUDGET_ITSELF, clause.text) || has(CUES.noBudget, clause.text));
  if (!isHeaded && spoken.length === 0) return null;
  const status = isQuestion(text) ? null : statusOf(isHeaded ? real.map((clause) => clause.text).join(', ') : spokenOf(spoken, clauses));
  if (status === 'unknown' && has(NOT_SPOKEN_OF, text) && !has(EXISTS, text)) return null;
  const isPlain = /^\s*["']?(?:yes|we have|have one|there is|they have|ja|oui|s\u00ed|exists)/iu.test(body);
  return status || isPlain ? { amount: null, currency: null, status: status ?? 'unknown', passage, weight: 1 + (isHeaded ? 2 : 0) } : null;
}

/** That nobody spoke of it says nothing of it. */
const NOT_SPOKEN_OF = cue([
  "(?:not|never|\\p{L}+n't) (?:been |yet |really |even )*(?:discuss(?:ed)?|mention(?:ed)?|ask(?:ed)?|talk(?:ed)?(?: about)?|cover(?:ed)?|come up|came up|touch(?:ed)?(?: on)?|shared?|disclosed?|say|tell|known)",
  "(?:didn't|did not|won't|wouldn't|refused to|not) want(?:ed)? to (?:say|tell|share|discuss|talk)", 'no (?:idea|clue|info(?:rmation)?|word|comment)', "(?:i |we )(?:do not|don't) know",
  'nothing (?:known|said|mentioned)', 'nicht (?:besprochen|gefragt|erfragt|thematisiert|gesagt|angesprochen|genannt)', 'keine (?:ahnung|angaben?|info\\p{L}*)',
  "pas (?:discuté|abordé|évoqué|parlé|demandé|communiqué|mentionné)e?", "inconnu pour l'instant", 'aucune idée', 'ni idea',
  'no (?:se )?(?:habló|hablamos|mencionó|pregunté|comentó|trató|quiso decir)(?: de)?',
]);
const EXISTS = cue(['exists?', 'there is', 'have one', 'they have', 'existe', 'gibt es', 'il y a', 'hay']);

const REFUSED = /^\s*["']?(?:no|none|nope|zero|nil|0|nothing|not? any|kein\p{L}*|nein|nix|non|aucun\p{L}*|pas|sin|ning\p{L}+|nada|null|frozen|they won't have any|won't have any|[\p{L} ]{0,12}(?:don't|doesn't|do not|does not|won't) have (?:any|one|it))(?![\p{L}])(?!\s(?:approved|idea|clue|comment|answer|info|word|yet approved|encore|sure|known|ahnung|definir|confirmar|d\u00e9fini))/iu;

/** Clauses that speak of the budget, and those behind them that say nothing else. */
function spokenOf(spoken: readonly Clause[], clauses: readonly Clause[]): string {
  const first = spoken[0]!;
  const index = clauses.indexOf(first);
  const next = clauses[index + 1];
  return [...spoken.map(({ text }) => text), ...(next && !spoken.includes(next) && isAbout(next.text) ? [next.text] : [])].join(', ');
}

/** What stands near an amount decides what it is: its own clause, and in that what is nearer; else the clauses beside it. */
function isBudget(clauses: readonly Clause[], money: Money, isHeaded: boolean): boolean {
  const index = clauseAt(clauses, money.start);
  const clause = clauses[index]!;
  const at = { start: money.start - clause.start, end: money.end - clause.start };
  const own = nearest([CUES.budget, CUES.approved, CUES.asked], clause.text, at);
  const isBounded = has(CUES.limits, clause.text) && !has(SIGNS, clause.text);
  const isNear = (one: Found): boolean => one.start < at.end + NEAR && one.end > at.start - NEAR;
  const ofBudget = findAll(CUES.budget, clause.text).filter(isNear);
  const other = nearestOf(findAll(CUES.otherMoney, clause.text).filter((one) => isNear(one) && !within(one, ofBudget)
    && !((own !== null || isBounded || isHeaded) && BY_TIME.test(one.text))), at);
  if (other !== null) return own !== null && own < other;
  const isListed = clause.text.startsWith('(') && index > 0 && hasOther(clauses[index - 1]!);
  if (own === null && isBounded) return !isListed;
  if (isHeaded || own !== null) return !(isHeaded && index > 1 && hasOther(clauses[index - 1]!));
  const [before, after] = [clauses[index - 1], clauses.slice(index + 1, index + 3).find(({ text }) => startsAbout(text))];
  if (before && hasOther(before)) return false;
  if (before && clause.text.startsWith(':') && (has(CUES.limits, before.text) || has(CUES.budget, before.text))) return true;
  const isBare = clause.text.slice(0, at.start).replace(/[^\p{L}]+/gu, ' ').trim().split(' ').length <= 4;
  return (isBare && before !== undefined && (has(BUDGET_ITSELF, before.text) || startsAbout(before.text))) || (after !== undefined && !hasOther(after));
}

const hasOther = ({ text }: Clause): boolean => has(CUES.otherMoney, text) && !has(BUDGET_ITSELF, text);
const isAbout = (text: string): boolean => has(CUES.noBudget, text) || has(CUES.approved, text) || has(CUES.planned, text)
  || has(CUES.uncertain, text);
/** Within its first words. */
const startsAbout = (text: string): boolean => [CUES.approved, CUES.planned].some((words) => findAll(words, text)
  .some(({ start }) => text.slice(0, start).split(/[^\p{L}']+/u).length <= 4)) ;

const nearest = (lists: readonly RegExp[], text: string, at: { start: number; end: number }): number | null =>
  nearestOf(lists.flatMap((words) => findAll(words, text)), at);

/** How far words bear on an amount, in characters. */
const NEAR = 150;
/** What somebody may sign is no budget. */
const SIGNS = cue(['signs?', 'sign[- ]?off', 'approves?', 'approval', 'without asking', 'unterschreib\\p{L}+', 'signe', 'valide', 'firma', 'aprueba']);
/** A price by the month is a budget where the words say so. */
const BY_TIME = /month|mo\b|monat|mois|mes$|p\.a\.|year|jahr|an$|año/iu;

function nearestOf(found: readonly Found[], at: { start: number; end: number }): number | null {
  const distances = found.map(({ start, end }) => (start >= at.end ? start - at.end : at.start - end));
  return distances.length ? Math.max(0, Math.min(...distances)) : null;
}

/** The clause of an amount, the one before where it leads to it, and those behind as long as they say how it stands. */
function about(text: string, clauses: readonly Clause[], { start, end }: Money): string {
  const index = clauseAt(clauses, start);
  const until = clauseAt(clauses, end);
  const before = clauses[index - 1];
  const parts = [...(before && !hasOther(before) && (has(BUDGET_ITSELF, before.text) || startsAbout(before.text)) ? [before.text]
    : []), text.slice(clauses[index]!.start, clauses[until]!.end)];
  for (const clause of clauses.slice(until + 1)) {
    const isMore = /^[^\p{L}]*\p{L}{1,5}[^\p{L}]*$/u.test(clause.text);
    if ((!isAbout(clause.text) && !isMore) || hasOther(clause)) break;
    parts.push(clause.text);
  }
  return parts.join(' , ');
}

function statusOf(text: string): Status | null {
  const isOpen = findAll(CUES.uncertain, text).length > 0;
  const planned = findAll(CUES.planned, text).filter(({ start, text: word }) => has(CUES.negation, word) || !isNegated(text, start));
  const approvals = findAll(CUES.approved, text).filter((found) => !planned.some(({ start, end }) => found.start < end && start < found.end));
  const refused = approvals.filter(({ start, text: word }) => isNegated(text, start) && !has(CUES.negation, word));
  if (has(DENIED, text)) return 'none';
  if (has(NOT_YET, text)) return 'planned';
  if (isOpen) return planned.some(({ text: word }) => has(NOT_YET, word)) ? 'planned' : 'unknown';
  const nothing = findAll(CUES.noBudget, text);
  const granted = approvals.filter((one) => !refused.includes(one) && !within(one, nothing));
  // What was approved and then frozen is gone.
  if (nothing.length > 0 && (granted.length === 0 || nothing.at(-1)!.start > granted.at(-1)!.end)) return 'none';
  // Planned and approved is approved; asked for and approved may be an approval that is still to come.
  if (planned.every(({ text: word }) => IN_A_PLAN.test(word)) && approvals.filter(({ text: word }) => planned.length === 0 || !/budget|haushalt|presupuesto/iu.test(word)).length > refused.length) return 'approved';
  const isNow = approvals.length > refused.length && /\b(?:now|already|jetzt|bereits|d\u00e9j\u00e0|ya)\b/iu.test(text);
  if (planned.length > 0 && !isNow) return 'planned';
  if (refused.some(({ text: word }) => has(THERE, word))) return /\byet\b|\bnoch nicht\b|\bpas encore\b|\b(?:aún|todavía) no\b/iu.test(text) ? 'planned' : 'none';
  if (refused.length > 0) return has(/^(?:confirmed|finali[sz]ed|best\u00e4tigt|confirm\p{L}+)$/giu, refused[0]!.text) ? 'unknown' : 'planned';
  return approvals.length > 0 ? 'approved' : null;
}

const IN_A_PLAN = /^(?:plann|in (?:the|their)|projected|slated|intend|foreseen|geplant|eingeplant|vorgesehen|pr\u00e9vu|previst|planificad|planead)/iu;

const within = (one: Found, all: readonly Found[]): boolean => all.some(({ start, end }) => one.start >= start && one.end <= end);
const NOT_YET = cue([

  "(?:not|isn't|hasn't been|pas|nicht|no)(?: (?!(?:si|if|whether|ob|sé|sure|sabe) )\\p{L}+){0,3} (?:approved|signed off|released|freigegeben|genehmigt|bewilligt|validée?|approuvée?|aprobad[oa])(?! by)",
  'unapproved', 'pending',
]);
const DENIED = cue(['(?:was|were|got|has been|have been) (?:\\p{L}+ )?(?:not (?:approved|granted)|denied|rejected|refused|turned down|declined)', 'wurden? (?:\\p{L}+ )?nicht (?:bewilligt|genehmigt|freigegeben)']);
const THERE = /^(?:allocated|available|secured|in place|budgeted|funded|set aside|put aside|earmarked|committed|vorhanden|verf\u00fcgbar|steht|gesichert|disponible|allou\u00e9e?|asignad[oa])/giu;

/** A sentence that goes on with what the one before spoke of: `Approved.`, `This year none.` */
function continued(passage: Passage, before: Passage): Said | null {
  const { text, topic } = passage;
  if (topic !== null || text.split(/\s+/u).length > 12 || (has(CUES.decides, text) && !findAll(CUES.planned, text).some(({ start }) => start < 12)) || /^(?:purchase|deal|contract|order)/iu.test(text)) return null;
  const amounts = moneyIn(text);
  if (amounts.length > 0) return text.split(/\s+/u).length <= 3 && moneyIn(before.text, true).length === 0
    ? { ...amounts[0]!, status: null, passage, weight: 4 } : null;
  if (/^(?:[\p{L}]+\s){0,3}(?:none|nothing|keins|keines|nichts|aucun|rien|nada|ninguno)\W*$/iu.test(text)) return { amount: null,
    currency: null, status: 'none', passage, weight: 1 };
  if (!startsAbout(text) && !(has(CUES.uncertain, text) && isAbout(text) && has(CUES.approved, text))) return null;
  const status = statusOf(text);
  if (moneyIn(before.text, true).length === 0 && status !== 'none') return null;
  return status ? { amount: null, currency: null, status, passage, weight: 0.5 } : null;
}
