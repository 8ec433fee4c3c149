import { clauseAt, clausesOf, type Clause } from './clauses';
import { daysIn } from './days';
import type { Passage } from './passages';
import { periodsIn, type Period } from './periods';
import type { TimelineReading } from './reading';
import { cue, CUES, endsWith, findAll, has } from './words/cues';

interface Found { reading: Omit<TimelineReading, 'evidence'>; passage: Passage; weight: number }

/** When the lead wants it, as far as the note says. What was before the note's day is past, and no plan. */
export function readTimeline(passages: readonly Passage[], today: string): TimelineReading | null {
  const [best] = passages.flatMap((passage) => timesIn(passage, today)).sort((a, b) => b.weight - a.weight);
  if (!best) return null;
  const { text, start } = best.passage;
  return { ...best.reading, evidence: { text, start, end: start + text.length } };
}

const REFUSED = /^\s*["']?(?:no|none|nope|nil|keiner?|nein|aucun\p{L}*|non|pas|ning\p{L}+|no hay|open|flexible|offen|whenever)\W*(?:$|[.,])/iu;
/** A length that tells how long something takes, lasts or goes back, not when it is wanted. */
const LASTS = /(?:\b(?:per|each|every|pro|par|por|for|since|over|past|last|previous|seit|letzte[nrs]?|vor|depuis|pendant|derniers?|desde|hace|il y a|durante|\u00faltim[oa]s?|takes?|dauert|tarda[n]?|tard\u00f3|lasts|waits?|spends?|after)\s(?:the\s(?:last|past)\s|about\s|over\s|more than\s|up to\s)?)$/iu;
const GOES_BACK = /^\s*(?:ago|old|per|a (?:week|day|month)|in business|of (?:experience|history)|contract|pilot|trial|poc|warranty|licen[cs]e|subscription|agreement|payback|roi|vertrag|engagement|zur\u00fcck|plus t\u00f4t|atr\u00e1s|left|late|versp\u00e4tung|de retard|lang|earlier|back|behind|free|notice|probe|test)(?![\p{L}])/iu;
const MONEYS = cue([
  'budgets?', 'funds', 'funding', 'approv(?:ed|al)', 'allocated', 'fiscal year', 'fy\\d*', 'geplant', 'planned', 'presupuesto', 'mittel',
  'freigabe', 'freigegeben', 'genehmigt', 'enveloppe', 'validé', 'aprobado', 'money', 'geld', 'invest', 'grant', 'freeze', 'frozen', 'revenue', 'umsatz', "next year's",
]);
/** How far words bear on a time: longer stretches only cost time. */
const NEAR = 60;
const WITHIN = endsWith('within');
const UNTIL = endsWith('until');

function timesIn(passage: Passage, today: string): Found[] {
  const { text, topic } = passage;
  if (topic !== null && topic !== 'timeline' && topic !== 'need') return [];
  const isHeaded = topic === 'timeline';
  const bonus = isHeaded ? 5 : 0;
  const clauses = clausesOf(text);
  const isSaid = (at: number): boolean => {
    const clause = clauses[clauseAt(clauses, at)]?.text ?? text;
    return !has(CUES.hypothetical, clause) && !has(CUES.elsewhere, clause);
  };
  const named = periodsIn(text, today);
  const days = daysIn(text, today).filter((day) => !named.some((one) => one.days !== null && overlap(one, day)));
  const periods = named.filter((one) => !days.some((day) => overlap(one, day)));
  const all = [...periods, ...days];
  // `slipped from Q2 to Q4`: what it was isn't what it is
  const isFormer = (one: Period): boolean => FROM.test(text.slice(Math.max(0, one.start - NEAR), one.start)) && all.some(({ start }) => TO.test(text.slice(one.end, start)));
  const dated = all
    .filter((one) => !isFormer(one) && one.by >= today && isSaid(one.start) && (isHeaded ? !LASTS.test(text.slice(Math.max(0, one.start - NEAR), one.start))
      : isWanted(text, clauses, one)))
    .map((one): Found => ({ reading: { by: one.by, period_days: one.days, urgency: 'dated' }, passage, weight: 6 + bonus + (one.days === null ? 1
      : 0) + strength(clauses, one) }));
  const isOpen = findAll(CUES.noRush, text).some(({ start }) => isSaid(start)) || (isHeaded && REFUSED.test(text.slice(passage.body)));
  const open = isOpen ? [{ reading: { by: null, period_days: null, urgency: 'none' as const }, passage, weight: 5 + bonus }] : [];
  const isUrgent = !isOpen && findAll(CUES.asap, text).some(({ start }) => isSaid(start) && isTheirs(clauses, start)
    && !/\b(?:not|no|nicht|pas|never|nothing|rien d'|nada|less)\s(?:\p{L}+\s)?$/iu.test(text.slice(Math.max(0, start - NEAR), start)));
  const asap = isUrgent ? [{ reading: { by: null, period_days: null, urgency: 'asap' as const }, passage, weight: 5.5 + bonus }] : [];
  return [...dated, ...open, ...asap];
}

const FROM = /\b(?:slipped|moved|pushed|postponed|changed|shifted|delayed)\s(?:\p{L}+\s){0,2}from\s(?:\p{L}+\s)?$/iu;
const TO = /^\s(?:in)?to\s(?:\p{L}+\s)?$/iu;

const overlap = (one: Period, other: Period): boolean => one.start < other.end && other.start < one.end;
const isTheirs = (clauses: readonly Clause[], at: number): boolean => !has(SELLER, clauses[clauseAt(clauses, at)]?.text ?? '');
const SELLER = cue([
  'call', 'callback', 'send', 'follow[- ]?up', 'quote', 'proposal', 'demo', 'angebot', 'rückruf', 'zurückrufen', 'schicken', 'devis',
  'rappeler', 'envoyer', 'llamar', 'enviar', 'oferta', 'email', 'mail', 'meeting', 'i need', 'we need', 'my manager',
]);

/** Whether the lead wants something by then, which the clause says, or the one before it that leads to it. */
function isWanted(text: string, clauses: readonly Clause[], { start, end, days }: Period): boolean {
  const index = clauseAt(clauses, start);
  const clause = clauses[index]!;
  const before = text.slice(Math.max(clause.start, start - NEAR), start);
  const isLast = UNTIL.test(before)
    || /^\W*(?:before|by|prior|until|bis|vor|avant|d'ici|antes|para|within|in the next)(?![\p{L}])/iu.test(text.slice(start, end));
  if (days !== null && (LASTS.test(text.slice(Math.max(0, start - NEAR), start)) || GOES_BACK.test(text.slice(end, end + NEAR))
    || !(WITHIN.test(before) || /^\s(?:timeline|timeframe|deadline|implementation|rollout|roll-out|go-?live|horizon|deployment)(?![\p{L}])/iu.test(text.slice(end, end + NEAR))))) return false;
  if (has(CUES.sellersSteps, clause.text)) return false;
  const isMoneys = has(MONEYS, clause.text);
  if (isMoneys) return has(STRONG, clause.text.slice(0, start - clause.start)) || has(STRONG, text.slice(end, clause.end));
  // `Within 90 days.`, which is all that a sentence says
  if ((isLast || days !== null) && clauses.length === 1 && /^\W*(?:\p{L}+\s){0,3}$/u.test(before)
    && !/[\p{L}\p{N}]/u.test(text.slice(end))) return true;
  if (has(CUES.wanted, clause.text) || ((isLast || days !== null) && has(CUES.need, clause.text))) return !has(PAST, clause.text);
  const leading = clauses[index - 1];
  if (!leading || has(CUES.sellersSteps, text) || has(MONEYS, leading.text)) return false;
  return (has(CUES.wanted, leading.text) || (isLast && has(CUES.need, leading.text))) && !has(PAST, leading.text);
}

const PAST = cue([
  'was', 'were', 'had', 'happened', 'went live', 'started', 'launched', 'last year', 'ran out', 'wurde', 'war', 'hatte', 'était', 'avait',
  'era', 'fue',
]);
const STRONG = cue([
  'go(?:ing)?[- ]?live', 'implement\\p{L}*', 'deploy\\p{L}*', 'launch', 'roll[- ]?out', 'timeline', 'deadline', 'start', 'kick-?off',
  'contract (?:ends|expires)', 'decision', 'einführung', 'produktiv', 'umsetzung', 'déploiement', 'mise en \\p{L}+', 'démarrage',
  'puesta en marcha', 'implementación', 'implementar', 'arranque',
]);

/** What the lead wants comes before what only happens, such as the end of a contract. */
const HAPPENS = cue([
  'contract', 'renewal', 'expires?', 'vertrag', 'contrat', 'contrato',
]);
const strength = (clauses: readonly Clause[], { start }: Period): number => {
  const clause = clauses[clauseAt(clauses, start)]!.text;
  return has(HAPPENS, clause) ? 0 : has(CUES.wanted, clause) ? 1.5 : 0.5;
};
