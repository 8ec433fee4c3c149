import { everyMatch } from './every-match';
/** Numbers as words, as they stand before `thousand` or `million`: from a number on, and by what each is greater. */
const COUNTED: readonly (readonly [number, number, string])[] = [
  [1, 1, 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'],
  [20, 10, 'twenty thirty forty fifty sixty seventy eighty ninety'],
  [1, 1, 'ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'],
  [20, 10, 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'],
  [1, 1, 'un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'],
  [20, 10, 'vingt trente quarante cinquante soixante soixante-dix quatre-vingt quatre-vingt-dix'], [70, 10, 'septante huitante nonante'],
  [1, 1, 'un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte'],
  [21, 1, 'veintiún veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve'],
  [30, 10, 'treinta cuarenta cincuenta sesenta setenta ochenta noventa'],
  [200, 100, 'doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos'],
];
const WORDS = new Map<string, number>([
  ...COUNTED.flatMap(([from, step, words]) => words.split(' ').map((word, i): [string, number] => [word, from + i * step])),
  ['fourty', 40], ['dreissig', 30], ['quatre-vingts', 80], ['a hundred', 100], ['hundred', 100], ['hundert', 100], ['cent', 100], ['cents', 100],
  ['cien', 100], ['ciento', 100], ['half a', 0.5], ['eine halbe', 0.5], ['un demi', 0.5], ['medio', 0.5],
]);
const LONGEST_FIRST = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).map((word) => word.replace(/-/gu, '[- ]')).join('|');
const ONE = LONGEST_FIRST([...WORDS.keys()]);
const PART = new RegExp(LONGEST_FIRST([...WORDS.keys(), 'and', 'und', 'et', 'y']), 'giu');

/** A pattern of a number in words, all of it: `fifty`, `two hundred and fifty`, `fünfunddreißig`, `quatre-vingt-dix`, `half a`. */
export const NUMBER_IN_WORDS = `(?:${ONE})(?:(?:[- ](?:(?:and|et|y|und)[- ])?|und)?(?:${ONE})){0,7}`;

/** @returns of a range (`twenty and thirty`) its upper end; null for what isn't a number in words */
export function numberOfWords(words: string): number | null {
  const parts = everyMatch(PART, words.toLowerCase()).map(([part]) => (WORDS.has(part) ? part : part.replace(/(?<!^a|^half|^eine|^un) /gu, '-')));
  const whole = belowThousand(parts);
  if (whole !== null) return whole;
  const and = parts.findLastIndex((part) => !WORDS.has(part));
  const [lower, upper] = [belowThousand(parts.slice(0, Math.max(0, and))), belowThousand(parts.slice(and + 1))];
  return lower !== null && upper !== null && lower < upper ? upper : null;
}

function belowThousand(parts: readonly string[]): number | null {
  const [first, second] = parts.map((part) => WORDS.get(part));
  if (parts.length === 1) return first ?? null;
  const isTimes = second === 100 && first !== undefined && first >= 1 && first <= 9;
  const hundreds = isTimes ? first * 100 : first && first % 100 === 0 ? first : 0;
  const behind = parts.slice(isTimes ? 2 : hundreds ? 1 : 0);
  if (hundreds && behind.length === 0) return hundreds;
  const rest = belowHundred(hundreds && !WORDS.has(behind[0]!) ? behind.slice(1) : behind);
  return rest === null ? null : hundreds + rest;
}

function belowHundred(parts: readonly string[]): number | null {
  const values = parts.map((part) => WORDS.get(part));
  if (parts.length === 1) return values[0]! >= 1 && values[0]! < 100 ? values[0]! : null;
  const isJoined = parts.length === 3 && values[1] === undefined;
  const [tens, ones] = isJoined ? (parts[1] === 'und' ? [values[2], values[0]] : [values[0], values[2]]) : values;
  if (tens === undefined || ones === undefined || (parts.length > 2 && !isJoined)) return null;
  // `soixante et onze`, `quatre-vingt-douze`
  const most = /^(?:soixante|quatre-vingts?)$/u.test(parts[0]!) ? 19 : 9;
  return tens >= 20 && tens < 100 && tens % 10 === 0 && ones >= 1 && ones <= most ? tens + ones : null;
}
