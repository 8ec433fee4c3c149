import { everyMatch } from './every-match';

/** A stretch of time that a text names. */
export interface Period {
  /** its last day, YYYY-MM-DD */
  by: string;
  /** where a length was named, in days */
  days: number | null;
  start: number;
  end: number;
}

const MONTHS: readonly string[] = [
  'jan(?:uary|uar|vier)?|ene(?:ro)?', 'feb(?:ruary|ruar|rero)?|févr?(?:ier)?', 'mar(?:ch|s|zo)?|märz|mrz', 'apr(?:il)?|avr(?:il)?|abr(?:il)?',
  'may|mai|mayo', 'june?|juni|juin|junio', 'july?|juli|juillet|julio', 'aug(?:ust)?|août|ago(?:sto)?',
  'sept?(?:ember|embre)?|septiembre', 'oct(?:ober|obre|ubre)?|okt(?:ober)?', 'nov(?:ember|embre|iembre)?',
  'dec(?:ember)?|dez(?:ember)?|déc(?:embre)?|dic(?:iembre)?',
];
/** Names of months, a group each: m1 to m12. */
export const MONTH = MONTHS.map((names, i) => `(?<m${i + 1}>${names})`).join('|');
const YEAR = '(?:(?:\\s|,\\s?|\\sde(?:l)?\\s|/|-)?(?<year>20\\d\\d)|[\\s-]?[\'’](?<short>\\d\\d))?';
const EARLY = 'early|beginning of|start of|anfang|début|principios de';
const MIDDLE = 'mid[- ]?|middle of|mitte|mi-|mediados de';
const LAST = 'end of|late|the end of|by the end of|ende|fin(?: de)?|final(?:es)? de(?:l)?';
/** Which part of a stretch is meant: `mid Q3`, `Ende März`. */
const PART = `(?:(?<early>${EARLY})\\s?|(?<middle>${MIDDLE})\\s?|(?<last>${LAST})\\s(?:the\\s|des\\s|du\\s|de\\s|del\\s)?)?`;
/** By the day before it: `before Q3`; `before the end of Q3` is by its end. */
const BEFORE = '(?<before>(?:before|prior to|ahead of|vor|avant|antes de(?:l)?)\\s(?:the\\s)?(?:end of\\s(?<untilEnd>))?)?';

const oneOf = (...alternatives: readonly string[]): string => alternatives.join('|');
const word = (pattern: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}$€£])(?:${pattern})(?![\\p{L}\\p{N}])`, 'giu');
/** A stretch of the calendar, or of it a part, or until it begins. */
const stretch = (pattern: string): RegExp => word(`${BEFORE}${PART}${pattern}`);

const QUARTERS = oneOf(
  'Q(?<q>[1-4])', '(?<ordinal>first|second|third|fourth|1st|2nd|3rd|4th) quarter',
  'T(?<t>[1-4])(?=\\s|,|\\.|$)', // of French and Spanish
  '(?<q2>[1-4])\\.?\\s?quartal', 'quartal\\s(?<q3>[1-4])', '(?<o2>erste[sn]|zweite[sn]|dritte[sn]|vierte[sn]) quartal',
  '(?<o3>premier|1er|deuxième|2e|troisième|3e|quatrième|4e|primer|segundo|tercer|cuarto|1er) trimestre',
);
const FISCAL = '(?:\\s?(?:of\\s|de\\s|del\\s)?(?:FY|fiscal\\s)?)?';
const HALVES = oneOf(
  '[HS](?<h>[12])', '(?<ordinal>first|second) half(?: of(?: the year)?)?',
  '(?<de>erste[sn]|zweite[sn]|1\\.|2\\.|premier|second|primer|segundo) (?:halbjahr|semestre)',
);
const ENGLISH_UNITS = 'week|month|quarter|year';
const GERMAN_UNITS = 'woche|monats?|quartals?|jahres?';
const NEXT_OR_THIS = oneOf(
  `(?<next>next|coming|nächste[nsrm]?|prochain|próxim[oa])\\s(?<unit>${oneOf(ENGLISH_UNITS, GERMAN_UNITS, 'mes|semana|trimestre|año')})`,
  `(?<this>this|current|diese[nsrm]?|este|esta|ce|cette)\\s(?<unit2>${oneOf(ENGLISH_UNITS, GERMAN_UNITS, 'mois|semaine|trimestre|année', 'mes|semana|año')})`,
  '(?<fr>le mois|le trimestre|la semaine|l[’\']année)\\sprochaine?',
);
const YEAR_ENDS = oneOf(
  'end of (?:the |this )?year', 'year[- ]?end', 'eoy', 'end of(?= 20)', 'ende(?= 20)', 'fin(?= 20)', 'finales de(?= 20)', 'end(?= 20)',
  'by christmas', '(?:by|before) (?:the )?new year', 'before (?:the )?holidays',
  'jahresende', 'ende des jahres', 'fin (?:de l[’\']année|d[’\']année)', 'fin(?:ales)? de(?:l)? año',
);
const SEASON_NAMES = oneOf(
  'spring|summer|autumn|fall|winter', 'frühjahr|frühling|sommer|herbst', 'printemps|été|automne|hiver', 'primavera|verano|otoño|invierno',
);
/** Of a range such as `2-3 weeks` the first number, which is passed over. */
const FROM = '(?:(?<n1>\\d{1,3})\\s?(?:-|–|to|bis|à|a|or|oder|ou|o)\\s?)?';
const COUNT = oneOf(
  '\\d{1,3}', 'a|an|one|two|three|four|five|six|nine|twelve|couple of|few', 'ein(?:em|er|en)?|zwei|drei|vier|sechs',
  'un|une|deux|trois|quatre|six', 'dos|tres|cuatro|seis',
);
const LENGTH_UNIT = oneOf(
  'days?|weeks?|months?|quarters?|years?', 'tagen?|wochen?|monaten?|jahr(?:en?|s)?', 'jours?|semaines?|mois|ans?', 'días?|semanas?|mes(?:es)?|años?',
);

const QUARTER = stretch(`(?:${QUARTERS})${FISCAL}${YEAR}`);
const HALF = stretch(`(?:${HALVES})\\s?${YEAR}`);
const OF_MONTH = stretch(`(?:${MONTH})\\.?${YEAR}`);
const RELATIVE = stretch(`(?:${NEXT_OR_THIS})`);
const YEAR_END = word(`(?:${YEAR_ENDS})(?:\\s(?<year>20\\d\\d))?`);
const SEASON = stretch(`(?<season>${SEASON_NAMES})${YEAR}`);
const LENGTH = word(`${FROM}(?<n>${COUNT})[\\s-](?:more\\s|business\\s|working\\s)?(?<unit>${LENGTH_UNIT})`);

const DAY = 86_400_000;
const NUMBERS: Readonly<Record<string, number>> =
  { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, nine: 9, twelve: 12, 'couple of': 2, few: 3, ein: 1, einem: 1, einer: 1,
    einen: 1, zwei: 2, drei: 3, vier: 4, sechs: 6, un: 1, une: 1, deux: 2, trois: 3, quatre: 4, dos: 2, tres: 3, cuatro: 4, seis: 6 };
const ORDINALS: Readonly<Record<string, number>> =
  { first: 1, second: 2, third: 3, fourth: 4, '1st': 1, '2nd': 2, '3rd': 3, '4th': 4, erstes: 1, ersten: 1, zweites: 2, zweiten: 2, drittes: 3,
    dritten: 3, viertes: 4, vierten: 4, '1.': 1, '2.': 2, premier: 1, '1er': 1, deuxième: 2, '2e': 2, troisième: 3, '3e': 3, quatrième: 4,
      '4e': 4, primer: 1, segundo: 2, tercer: 3, cuarto: 4 };

export const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * Quarters, halves, months, seasons and lengths of time, from a day on. Without a year it is the next one to come.
 * @param today YYYY-MM-DD
 */
export function periodsIn(text: string, today: string): Period[] {
  const now = Date.parse(today);
  const [from, to] = [new Date(now).getUTCFullYear(), new Date(now).getUTCMonth() + 1];
  const period = (match: RegExpMatchArray, firstMonth: number, months: number): Period => {
    const groups = match.groups ?? {};
    const said = groups.year ? Number(groups.year) : groups.short ? 2000 + Number(groups.short) : null;
    const year = said ?? from + (firstMonth + months - 1 < to ? 1 : 0);
    return span(match, Date.UTC(year, firstMonth - 1, 1), Date.UTC(year, firstMonth - 1 + months, 1));
  };
  const found: Period[] = [
    ...everyMatch(QUARTER, text).map((match) => period(match, (whichOf(match) - 1) * 3 + 1, 3)),
    ...everyMatch(HALF, text).map((match) => period(match, (whichOf(match) - 1) * 6 + 1, 6)),
    ...everyMatch(OF_MONTH, text).filter(isMonth).map((match) => period(match, monthOf(match), 1)),
    ...everyMatch(YEAR_END, text).map((match) => period(match, 12, 1)),
    ...everyMatch(SEASON, text).map((match) => period(match, SEASONS.find(([names]) => names.test(match.groups!.season!))![1], 3)),
    ...everyMatch(RELATIVE, text).map((match) => relative(match, now)),
    ...everyMatch(LENGTH, text).map((match) => ofLength(match, now)),
  ];
  return found.sort((a, b) => a.start - b.start).filter((one, i, all) => !all.some((other, j) => j !== i && other.start <= one.start
    && other.end >= one.end && (other.end - other.start > one.end - one.start || j < i)));
}

/** Which quarter or half was found, by its digit or its ordinal, from 1. */
function whichOf({ groups = {} }: RegExpMatchArray): number {
  const { q, t, q2, q3, h, ordinal, o2, o3, de } = groups;
  return Number(q ?? t ?? q2 ?? q3 ?? h ?? ORDINALS[(ordinal ?? o2 ?? o3 ?? de)!.toLowerCase()]);
}

/** Which month's name was found, from 1. */
export const monthOf = ({ groups = {} }: RegExpMatchArray): number => MONTHS.findIndex((_, i) => groups[`m${i + 1}`] !== undefined) + 1;

const SEASONS: readonly (readonly [RegExp, number])[] =
  [[/spring|frühjahr|frühling|printemps|primavera/iu, 3], [/summer|sommer|été|verano/iu, 6], [/autumn|fall|herbst|automne|otoño/iu, 9],
    [/winter|hiver|invierno/iu, 12]];

/** `may` and `mar` are other words, too: a month is capitalised, or has a year or a preposition. */
const isMonth = ({ 0: text, index, input }: RegExpMatchArray): boolean =>
  /\p{Lu}/u.test(text) || /\d/.test(text) || (!/^(?:may|mar|mai|sept?|fin|ago|dec)$/iu.test(text.trim())
    && /(?:in|by|until|end of|mid|en|fin|finales de|bis|ab|de|d[’']ici|para|hasta|avant|antes de)\s*$/iu.test(input!.slice(0, index)) )
      || /\s/.test(text.trim());

/** @param end the first moment behind it */
function span({ 0: text, index, groups = {} }: RegExpMatchArray, begin: number, end: number): Period {
  const days = (end - begin) / DAY;
  const last = groups.before && groups.untilEnd === undefined && !groups.last
    ? begin - DAY
    : groups.early ? begin + Math.round(days / 3) * DAY - DAY : groups.middle ? begin + Math.round(days / 2) * DAY - DAY : end - DAY;
  return { by: isoDay(last), days: null, start: index!, end: index! + text.length };
}

function relative(match: RegExpMatchArray, now: number): Period {
  const groups = match.groups!;
  const unit = (groups.unit ?? groups.unit2 ?? groups.fr)!.toLowerCase();
  const ahead = groups.this ? 0 : 1;
  const date = new Date(now);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (/week|woche|semaine|semana/.test(unit)) {
    const monday = now - ((date.getUTCDay() + 6) % 7) * DAY;
    return span(match, monday + ahead * 7 * DAY, monday + (ahead + 1) * 7 * DAY);
  }
  if (/quar|trimestre/.test(unit)) return span(match, Date.UTC(year,
    (Math.floor(month / 3) + ahead) * 3, 1), Date.UTC(year, (Math.floor(month / 3) + ahead + 1) * 3, 1));
  if (/year|jahr|année|año/.test(unit)) return span(match, Date.UTC(year + ahead, 0, 1), Date.UTC(year + ahead + 1, 0, 1));
  return span(match, Date.UTC(year, month + ahead, 1), Date.UTC(year, month + ahead + 1, 1));
}

function ofLength({ 0: text, index, groups }: RegExpMatchArray, now: number): Period {
  const { n, unit } = groups!;
  const count = NUMBERS[n!.toLowerCase()] ?? Number(n);
  const days = count * (/^(?:day|tag|jour|día)/iu.test(unit!) ? 1 : /^(?:week|woche|semaine|semana)/iu.test(unit!) ? 7
    : /^(?:month|monat|mois|mes)/iu.test(unit!) ? 30 : /^quarter/iu.test(unit!) ? 90 : 365);
  return { by: isoDay(now + days * DAY), days, start: index!, end: index! + text.length };
}
