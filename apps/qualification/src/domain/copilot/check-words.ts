import { ALWAYS, MONTHS, NUMBER_WORDS, SENTENCE_STARTS, TIMES } from './common-words';

const MOST_TOLD = 20;
const LONGEST_TOLD = 200;

/** What the words of others are compared with. */
interface Corpus { text: string; words: ReadonlySet<string>; figures: ReadonlySet<string>; values: ReadonlySet<number>; days: ReadonlySet<string> }

/**
 * What English words claim that the record doesn't have: figures, dates, names, and addresses of any kind. The meaning of a sentence is
 * not judged. A name is a word with a capital that neither begins a sentence as a common word nor occurs in the record.
 * @param record what the words may repeat, of whatever shape
 * @returns the claims, as they are written; none when all are covered
 */
export function unsupported(text: string, record: object): string[] {
  const corpus = corpusOf(record);
  const { rest, found } = withoutDates(text, corpus);
  const claims = [
    ...found, ...addresses(rest), ...figures(rest, corpus), ...currencies(rest, corpus), ...numberWords(rest, corpus), ...times(rest, corpus), ...names(rest, corpus),
  ];
  return [...new Set(claims)].slice(0, MOST_TOLD).map((claim) => claim.slice(0, LONGEST_TOLD));
}

const FIGURE = /(?:\b[QH])?\d+(?:[.,:/-]\d+)*(?:\s?(?:k|m|mio|million|bn|billion|thousand)\b)?/gi;
const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}]+)*/gu;
const ISO_DAY = /\d{4}-\d{2}-\d{2}/g;

function corpusOf(record: object): Corpus {
  const text = JSON.stringify(record).replaceAll('\\n', ' ').replaceAll('\\"', '"');
  const found = text.match(FIGURE) ?? [];
  return {
    text: text.toLowerCase(), words: new Set((text.match(WORD) ?? []).map(folded)), figures: new Set(found.map((figure) => figure.toLowerCase())),
    values: new Set(found.flatMap(valuesOf)), days: new Set(text.match(ISO_DAY) ?? []),
  };
}

const folded = (word: string): string => word.toLowerCase().replaceAll('’', "'");

const SCALES: readonly [RegExp, number][] = [[/(?:k|thousand)$/i, 1_000], [/(?:m|mio|million)$/i, 1_000_000], [/(?:bn|billion)$/i, 1_000_000_000]];

/** What a figure may be worth: separators are of thousands, or of decimals. */
function valuesOf(figure: string): number[] {
  const digits = figure.replace(/\s?[a-z]+$/i, '');
  const scale = SCALES.find(([suffix]) => suffix.test(figure))?.[1] ?? 1;
  const grouped = /^\d{1,3}(?:[.,]\d{3})+$/.test(digits) ? [Number(digits.replace(/[.,]/g, ''))] : [];
  const decimal = /^\d+(?:[.,]\d+)?$/.test(digits) ? [Number(digits.replace(',', '.'))] : [];
  return [...grouped, ...decimal].map((value) => value * scale);
}

function figures(text: string, { figures: known, values }: Corpus): string[] {
  return (text.match(FIGURE) ?? []).filter((figure) => !known.has(figure.toLowerCase()) && !valuesOf(figure).some((value) => values.has(value)));
}

const CURRENCIES: Readonly<Record<string, readonly string[]>> = { $: ['$', 'usd', 'dollar'], '€': ['€', 'eur'], '£': ['£', 'gbp', 'pound'], '¥': ['¥', 'jpy', 'cny'] };

/** An amount in another currency is another amount. */
const currencies = (text: string, corpus: Corpus): string[] =>
  Object.entries(CURRENCIES).filter(([sign, names]) => text.includes(sign) && !names.some((name) => corpus.text.includes(name))).map(([sign]) => sign);

/** Behind a figure they belong to it: 12 million. */
const numberWords = (text: string, { words, values }: Corpus): string[] =>
  (text.replace(FIGURE, ' ').match(WORD) ?? []).filter((word) => Object.hasOwn(NUMBER_WORDS, word.toLowerCase()) && !words.has(word.toLowerCase()) && !values.has(NUMBER_WORDS[word.toLowerCase()]));

const times = (text: string, corpus: Corpus): string[] => (text.match(TIMES) ?? []).filter((time) => !corpus.text.includes(time.toLowerCase()));

/** The record's own website would be one, too: nobody needs it told. */
const addresses = (text: string): string[] => text.match(/\S*@\S+|(?:https?:\/\/|www\.)\S*|\b[\w-]+\.(?:com|net|org|io|ai|co|de|eu|info|biz|app)\b/gi) ?? [];

const MONTH = `(${MONTHS.join('|')})`;
const DATES = [
  new RegExp(`\\b(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?<month>${MONTH})\\b(?:,?\\s+(?<year>\\d{4}))?`, 'gi'),
  new RegExp(`\\b(?<month>${MONTH})\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?\\b(?:,?\\s+(?<year>\\d{4}))?`, 'gi'),
  new RegExp(`\\b(?<month>${MONTH})\\s+(?<year>\\d{4})\\b`, 'gi'),
];

/** Written dates are compared as days, and taken out: their figures are no amounts. */
function withoutDates(text: string, { days, text: known }: Corpus): { rest: string; found: string[] } {
  const found: string[] = [];
  const rest = DATES.reduce((left, date) => left.replace(date, (said: string, ...more: unknown[]) => {
    const { day, month, year } = more[more.length - 1] as { day?: string; month: string; year?: string };
    const number = String(MONTHS.indexOf(month.toLowerCase()) + 1).padStart(2, '0');
    const isIt = (known: string): boolean => known.slice(5, 7) === number && (!day || Number(known.slice(8)) === Number(day)) && (!year || known.startsWith(year));
    if (![...days].some(isIt) && !known.includes(said.toLowerCase())) found.push(said);
    return ' ';
  }), text);
  return { rest, found };
}

function names(text: string, { words }: Corpus): string[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    // A letter at a figure is a part of it: 75K, Q1.
    if (!/^\p{Lu}/u.test(word) || /\d/.test(text[index - 1] ?? '') || /\d/.test(text[index + word.length] ?? '')) return [];
    const known = folded(word).replace(/'s$/, '');
    if (words.has(known) || words.has(folded(word)) || ALWAYS.has(folded(word))) return [];
    return beginsSentence(text, index) && SENTENCE_STARTS.has(folded(word)) ? [] : [word];
  });
}

const beginsSentence = (text: string, index: number): boolean => /(?:^|[.!?:;"“(\n,–-]\s*)$/.test(text.slice(Math.max(0, index - 10), index));
