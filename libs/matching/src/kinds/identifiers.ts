import type { Kind } from '../kind';
import { edits, isOneEdit } from '../similarity';
import { fold, words } from '../text';

const digitsOf = (raw: string): string => raw.replace(/\D/g, '');

/** Beginnings of their names: English, then German, French, Spanish and Italian where they differ. */
const MONTHS = `
  jan ene gen, feb fev, mar maer, apr avr abr, may mai mag, jun juin giu, jul juil lug, aug aou ago, sep set, oct okt ott, nov, dec dez dic
`.trim().split(', ').map((names) => names.split(' '));
const monthOf = (word: string): number => MONTHS.findIndex((names) => names.some((name) => word.startsWith(name))) + 1;
const isName = (part: string): boolean => /[a-z]/.test(part);
const isYear = (part: string): boolean => /^\d{4}$/.test(part);

/** Numbers and names of months, as they were written. */
function partsOf(raw: string): string[] {
  const parts = fold(raw).match(/\d+|[a-z]{3,}/g)?.filter((part) => !isName(part) || monthOf(part) > 0) ?? [];
  // Days of the week begin like months: mardi, martes, martedì.
  return parts.length > 3 && isName(parts[0]!) && parts.findIndex(isYear) === 3 ? parts.slice(1) : parts;
}

const inDigits = (part: string): string => (isName(part) ? String(monthOf(part)) : part);

/**
 * Of years that are written with two digits, the last of this century's. It is fixed, since there is no clock here, and a few years ahead:
 * a contract that ends soon is likelier told of than a birth almost a hundred years ago.
 */
const LAST_OF_CENTURY = 30;

/** Two digits, where a year of four is meant: first where they can be no day, else last. A nought may be an unknown day or the year 2000. */
function wholeYear([a, b, c]: readonly [string, string, string]): [string, string, string] | null {
  if ([a, b, c].some(({ length }) => length > 2)) return [a, b, c];
  if (Number(a) === 0) return null;
  const isFirst = Number(a) > 31;
  const year = isFirst ? a : c;
  const whole = String(Number(year) + (Number(year) > LAST_OF_CENTURY ? 1900 : 2000));
  return isFirst ? [whole, b, c] : [a, b, whole];
}

/** Eight digits with the day first, also where it could be the month (06041971), as between dots and strokes. */
const DAY_FIRST = /^([0-3]\d)([01]\d)((?:1[5-9]|20)\d\d)$/;

const YEAR_FIRST = /^(?:1[5-9]|20)\d\d(?:0[1-9]|1[0-2])/;

const YEAR_ALONE = /^(?:1[5-9]|20)\d\d$/;
/** Stands behind a year that is all that is known. */
const NO_DAY = '0000';

const yearFirst = (digits: string): string => (YEAR_FIRST.test(digits) ? digits : digits.replace(DAY_FIRST, '$3$2$1'));

/** Of a birth, a foundation: in any order of writing, a time of day left out. */
export const date: Kind = {
  name: 'date',
  normalise(raw) {
    const written = partsOf(raw);
    const parts = written.map(inDigits);
    if (parts.length >= 3 && parts.slice(0, 3).every(({ length }) => length <= 4)) {
      const whole = wholeYear(parts.slice(0, 3) as [string, string, string]);
      if (!whole) return null;
      const [a, b, c] = whole;
      const [year, second, third] = c.length === 4 ? [c, b, a] : [a, b, c];
      // By its name; a number says it only where the other can be no month.
      const isMonthThird = isName(written[0]!) || (Number(second) > 12 && Number(third) <= 12);
      const [month, day] = isMonthThird ? [third, second] : [second, third];
      return `${year.padStart(4, '0')}${month.padStart(2, '0').slice(-2)}${day.padStart(2, '0').slice(-2)}`;
    }
    const digits = parts.join('');
    if (YEAR_ALONE.test(digits)) return `${digits}${NO_DAY}`;
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
    if (a.endsWith(NO_DAY) || b.endsWith(NO_DAY)) {
      const [year, other] = [a.slice(0, 4), b.slice(0, 4)];
      if (year === other) return 2;
      return isOneEdit(year, other) ? 3 : 4;
    }
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
/** In characters, remarks included: of what is longer only so much is read, since its strokes are looked behind one by one. */
const LONGEST = 100;

/** Behind a number; a fax is none. */
const EXTENSION = /(?<=\d[^a-z]*)(?:ext(?:ension)?|x|durchwahl|poste|#)[\s.:]*\d{1,6}\s*$/i;
/** How spreadsheets write a whole number. */
const FRACTION = /^(\s*\+?\d+)\.0+\s*$/;

/** Between two numbers; a stroke, which may stand within one, before a whole number or the other last digits of one. */
const BETWEEN = /[;,|]| or |\/(?=(?:\D*\d){7}|(?:\D*\d){0,3}\D*$)/gi;
/** What is no part of a number within its country; an area's code with it is as long as a number. */
const FROM_ABROAD = /^\D*(?:\+|00)\d{1,3}|\(0\)/g;

/** The first of several, where it is one by itself; without its extension. */
function oneNumber(raw: string): string {
  const number = raw.slice(0, LONGEST).replace(FRACTION, '$1').replace(EXTENSION, '');
  const isAlone = (part: string): boolean => digitsOf(part.replace(FROM_ABROAD, '')).length >= SHORTEST_ALONE;
  const ends = [...number.matchAll(BETWEEN)].map(({ index }) => index);
  return number.slice(0, ends.find((end) => isAlone(number.slice(0, end))));
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
