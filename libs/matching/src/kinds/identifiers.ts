import type { Kind } from '../kind';
import { edits, isOneEdit } from '../similarity';
import { fold, words } from '../text';

const digitsOf = (raw: string): string => raw.replace(/\D/g, '');

/** Beginnings of their names: English, then German, French, Spanish and Italian where they differ. */
const MONTHS = `
  jan ene gen, feb fev, mar maer, apr avr abr, may mai mag, jun juin giu, jul juil lug, aug aou ago, sep set, oct okt ott, nov, dec dez dic
`.trim().split(', ').map((names) => names.split(' '));
const monthOf = (word: string): number => MONTHS.findIndex((names) => names.some((name) => word.startsWith(name))) + 1;
const monthsAsNumbers = (raw: string): string => fold(raw).replace(/[a-z]{3,}/g, (word) => ` ${monthOf(word) || ''} `);

/** By its name; a number says it only where the other can be no month. */
const BEGINS_WITH_MONTH = new RegExp(`^\\s*(${MONTHS.flat().join('|')})`);
/** Of years that are written with two digits, the last of this century's. */
const LAST_OF_CENTURY = 30;

/** Two digits, where a year of four is meant: first where they can be no day, else last. */
function wholeYear([a, b, c]: readonly [string, string, string]): [string, string, string] {
  if ([a, b, c].some(({ length }) => length > 2)) return [a, b, c];
  const isFirst = Number(a) > 31;
  const year = isFirst ? a : c;
  const whole = String(Number(year) + (Number(year) > LAST_OF_CENTURY ? 1900 : 2000));
  return isFirst ? [whole, b, c] : [a, b, whole];
}

/** Eight digits with the day first. */
const DAY_FIRST = /^([0-3]\d)([01]\d)((?:1[5-9]|20)\d\d)$/;

const YEAR_FIRST = /^(?:1[5-9]|20)\d\d(?:0[1-9]|1[0-2])/;

const yearFirst = (digits: string): string => (YEAR_FIRST.test(digits) ? digits : digits.replace(DAY_FIRST, '$3$2$1'));

/** Of a birth, a foundation: in any order of writing, a time of day left out. */
export const date: Kind = {
  name: 'date',
  normalise(raw) {
    const parts = monthsAsNumbers(raw).match(/\d+/g) ?? [];
    if (parts.length >= 3 && parts.slice(0, 3).every(({ length }) => length <= 4)) {
      const [a, b, c] = wholeYear(parts.slice(0, 3) as [string, string, string]);
      const [year, second, third] = c.length === 4 ? [c, b, a] : [a, b, c];
      const isMonthThird = BEGINS_WITH_MONTH.test(fold(raw)) || (Number(second) > 12 && Number(third) <= 12);
      const [month, day] = isMonthThird ? [third, second] : [second, third];
      return `${year.padStart(4, '0')}${month.padStart(2, '0').slice(-2)}${day.padStart(2, '0').slice(-2)}`;
    }
    const digits = parts.join('');
    return digits.length >= 6 ? yearFirst(digits) : null;
  },
  levels: [
    { name: 'equal', m: 0.83, u: 0.00004, by: 'value', alike: true },
    { name: 'close', m: 0.11, u: 0.0015 },
    { name: 'two parts', m: 0.02, u: 0.003 },
    { name: 'partly', m: 0.01, u: 0.0135 },
    { name: 'different', m: 0.03, u: 0.98196, contrary: true },
  ],
  rarest: 0.00004,
  compare(a, b) {
    if (a === b) return 0;
    if (isOneEdit(a, b) || (a.slice(0, 4) === b.slice(0, 4) && a.slice(4, 6) === b.slice(6) && a.slice(6) === b.slice(4, 6))) return 1;
    const same = [a.slice(0, 4) === b.slice(0, 4), a.slice(4, 6) === b.slice(4, 6), a.slice(6) === b.slice(6)].filter(Boolean).length;
    if (same === 2) return 2;
    return edits(a, b, 2) <= 2 ? 3 : 4;
  },
};

export const email: Kind = {
  name: 'email',
  normalise: (raw) => (raw.includes('@') ? fold(raw) : null),
  levels: [
    { name: 'equal', m: 0.70, u: 0.0001, by: 'value', alike: true },
    { name: 'close', m: 0.08, u: 0.00005 },
    { name: 'same mailbox name', m: 0.07, u: 0.0005 },
    { name: 'different', m: 0.15, u: 0.99935, contrary: true },
  ],
  compare(a, b) {
    if (a === b) return 0;
    if (edits(a, b, 2) <= 2) return 1;
    const [localA, localB] = [a.slice(0, a.lastIndexOf('@')), b.slice(0, b.lastIndexOf('@'))];
    return Math.min(localA.length, localB.length) >= 5 && isOneEdit(localA, localB) ? 2 : 3;
  },
};

const FEWEST_DIGITS = 6;
const MOST_DIGITS = 10;
const SHORTEST_ALONE = 7;

const EXTENSION = /(?:ext(?:ension)?|x|durchwahl|poste|#)[\s.:]*\d{1,6}\s*$/i;
/** How spreadsheets write a whole number. */
const FRACTION = /^(\s*\+?\d+)\.0+\s*$/;

/** The first of several, where it is one by itself; without its extension. */
function oneNumber(raw: string): string {
  const number = raw.replace(FRACTION, '$1').replace(EXTENSION, '');
  const first = number.split(/[;,/|]| or /i)[0]!;
  return digitsOf(first).length >= SHORTEST_ALONE ? first : number;
}

/** Compared by its end, where no country code and no trunk prefix is. */
export const phone: Kind = {
  name: 'phone',
  normalise: (raw) => {
    const digits = digitsOf(oneNumber(raw)).slice(-MOST_DIGITS).replace(/^0+/, '');
    return digits.length >= FEWEST_DIGITS ? digits : null;
  },
  levels: [
    { name: 'equal', m: 0.72, u: 0.0002, by: 'value', alike: true },
    { name: 'close', m: 0.05, u: 0.0008 },
    { name: 'different', m: 0.23, u: 0.999 },
  ],
  compare(a, b) {
    const length = Math.min(a.length, b.length);
    const [tailA, tailB] = [a.slice(-length), b.slice(-length)];
    if (tailA === tailB) return 0;
    return isOneEdit(tailA, tailB) ? 1 : 2;
  },
};

export const exact: Kind = {
  name: 'exact',
  normalise: (raw) => fold(raw) || null,
  levels: [
    { name: 'equal', m: 0.90, u: 0.01, by: 'value', alike: true },
    { name: 'different', m: 0.10, u: 0.99 },
  ],
  compare: (a, b) => (a === b ? 0 : 1),
};

/** A number of a card, a member, a tax payer: letters and digits. */
export const code: Kind = {
  name: 'code',
  normalise: (raw) => words(raw).join('') || null,
  levels: [
    { name: 'equal', m: 0.86, u: 0.0005, by: 'value', alike: true },
    { name: 'close', m: 0.08, u: 0.003 },
    { name: 'different', m: 0.06, u: 0.9965 },
  ],
  compare: (a, b) => {
    if (a === b) return 0;
    return Math.min(a.length, b.length) >= 4 && isOneEdit(a, b) ? 1 : 2;
  },
};

/** From here on a small difference may be rounding; below, it is another day, month or house. */
const LARGE = 10_000;

export const number: Kind = {
  name: 'number',
  normalise: (raw) => {
    const value = Number(raw.trim().replace(/,/g, ''));
    return raw.trim() && Number.isFinite(value) ? String(value) : null;
  },
  levels: [
    { name: 'equal', m: 0.88, u: 0.02, by: 'value', alike: true },
    { name: 'close', m: 0.06, u: 0.10 },
    { name: 'different', m: 0.06, u: 0.88 },
  ],
  compare: (a, b) => {
    if (a === b) return 0;
    const [x, y] = [Math.abs(Number(a)), Math.abs(Number(b))];
    const isRounded = Math.max(x, y) >= LARGE && Math.abs(Number(a) - Number(b)) <= 0.02 * Math.max(x, y);
    return isRounded || (Math.min(a.length, b.length) > 2 && isOneEdit(a, b)) ? 1 : 2;
  },
};
