import type { Kind } from '../kind';
import { remembering } from '../remembering';
import { isLike, isOneEdit } from '../similarity';
import { joined, words } from '../text';

/** What a word of an address is written as when it is cut short. */
const SHORT: Readonly<Record<string, string>> = {
  street: 'st', str: 'st', strasse: 'st', avenue: 'ave', av: 'ave', road: 'rd', boulevard: 'blvd', blv: 'blvd', drive: 'dr', lane: 'ln',
  place: 'pl', court: 'ct', crescent: 'cres', circuit: 'cct', highway: 'hwy', parkway: 'pkwy', terrace: 'tce', square: 'sq', close: 'cl',
  north: 'n', south: 's', east: 'e', west: 'w', northeast: 'ne', northwest: 'nw', southeast: 'se', southwest: 'sw',
  suite: 'ste', apartment: 'apt', unit: 'apt', floor: 'fl', building: 'bldg', saint: 'st', mount: 'mt', fort: 'ft', platz: 'pl',
  first: '1', second: '2', third: '3', fourth: '4', fifth: '5', sixth: '6', seventh: '7', eighth: '8', ninth: '9', tenth: '10',
};

const addressWords = (raw: string): string[] => words(raw)
  .map((word) => word.replace(/^(\d+)(st|nd|rd|th)$/, '$1'))
  .map((word) => SHORT[word] ?? word);

const FILLER = new Set('st ave rd blvd dr ln pl ct cres cct hwy pkwy tce sq cl n s e w ne nw se sw ste apt fl'.split(' '));

/** Words before a number that is not the house's. */
const NOT_OF_HOUSES = new Set('ste apt fl bldg room rm no nr box postfach postbus bp apartado casella route rte hwy level lot'.split(' '));
const NUMBER = /^\d/;

/** The place of the house's number among the words: the first or, as in much of Europe, the last; others are of streets, floors and flats. */
function houseAt(all: readonly string[]): number {
  if (NUMBER.test(all[0]!)) return 0;
  const last = all.length - 1;
  return last > 0 && NUMBER.test(all[last]!) && !all.slice(0, last).some((word) => NUMBER.test(word) || NOT_OF_HOUSES.has(word)) ? last : -1;
}

const readAddress = remembering((address) => {
  const all = address.split(' ');
  const at = houseAt(all);
  const name = all.filter((word, index) => index !== at && !FILLER.has(word));
  return { house: all[at], name, joined: name.join('') };
});
type Address = ReturnType<typeof readAddress>;

/** House number and street in one. */
export const street: Kind = {
  name: 'street',
  normalise: (raw) => addressWords(raw).join(' ') || null,
  levels: [
    { name: 'equal', m: 0.62, u: 0.0003, by: 'value', alike: true },
    { name: 'spelt otherwise', m: 0.19, u: 0.0003, alike: true },
    { name: 'house close', m: 0.03, u: 0.0004 },
    { name: 'same street', m: 0.06, u: 0.006 },
    { name: 'different', m: 0.10, u: 0.993 },
  ],
  compare(a, b) {
    if (a === b) return 0;
    const [one, other] = [readAddress(a), readAddress(b)];
    if (!areSimilar(one, other)) return 4;
    if (!one.house || !other.house) return 3;
    if (one.house === other.house) return 1;
    return Math.min(one.house.length, other.house.length) > 2 && isOneEdit(one.house, other.house) ? 2 : 3;
  },
};

/** Most of the shorter name's letters are in words that the longer has, too, close spellings included. */
const MOST_LETTERS = 0.8;

function areSimilar(a: Address, b: Address): boolean {
  const isFirst = a.name.length < b.name.length || (a.name.length === b.name.length && a.joined < b.joined);
  const [few, many] = isFirst ? [a, b] : [b, a];
  if (few.name.length === 0) return many.name.length === 0;
  if (isLike(few.joined, many.joined, 0.92)) return true;
  const left = [...many.name];
  let found = 0;
  for (const word of few.name) {
    const index = left.findIndex((other) => other === word || (word.length >= 4 && isLike(word, other, 0.9)));
    if (index < 0) continue;
    left.splice(index, 1);
    found += word.length;
  }
  return found >= MOST_LETTERS * few.joined.length;
}

const COUNTRY = /^[a-z]{1,3}(?=\d{4,5}$)/;

/** Without the sign of its country, and the zeros that spreadsheets lose. */
const bareCode = (code: string): string => code.replace(COUNTRY, '').replace(/^0+(?=[^0])/, '');

/** D and DE are one, as are D and none; D and CH are two. */
function areOfTwoCountries(a: string, b: string): boolean {
  const [one, other] = [a, b].map((code) => COUNTRY.exec(code)?.[0] ?? '') as [string, string];
  return !one.startsWith(other) && !other.startsWith(one);
}

export const postalCode: Kind = {
  name: 'postal_code',
  normalise: (raw) => words(raw).join('') || null,
  levels: [
    { name: 'equal', m: 0.84, u: 0.001, by: 'value', alike: true },
    { name: 'close', m: 0.09, u: 0.01 },
    { name: 'different', m: 0.07, u: 0.989 },
  ],
  compare: (a, b) => {
    if (a === b || (bareCode(a) === bareCode(b) && !areOfTwoCountries(a, b))) return 0;
    if (Math.min(a.length, b.length) >= 5 && (a.startsWith(b) || b.startsWith(a))) return 0;
    return isOneEdit(a, b) ? 1 : 2;
  },
};

export const city: Kind = {
  name: 'city',
  normalise: (raw) => addressWords(raw).join(' ') || null,
  levels: [
    { name: 'equal', m: 0.82, u: 0.01, by: 'value', alike: true },
    { name: 'close', m: 0.10, u: 0.005, alike: true },
    { name: 'different', m: 0.08, u: 0.985 },
  ],
  compare: (a, b) => {
    const [x, y] = [joined(a), joined(b)];
    if (x === y) return 0;
    return isLike(x, y, 0.9) || isOneEdit(x, y) ? 1 : 2;
  },
};

/** States that are written by their letters as often as by their names: of the United States, Canada and Australia. */
const STATES = `
  al alabama, ak alaska, az arizona, ar arkansas, ca california, co colorado, ct connecticut, de delaware, dc district of columbia, fl florida,
  ga georgia, hi hawaii, id idaho, il illinois, in indiana, ia iowa, ks kansas, ky kentucky, la louisiana, me maine, md maryland,
  ma massachusetts, mi michigan, mn minnesota, ms mississippi, mo missouri, mt montana, ne nebraska, nv nevada, nh new hampshire, nj new jersey,
  nm new mexico, ny new york, nc north carolina, nd north dakota, oh ohio, ok oklahoma, or oregon, pa pennsylvania, ri rhode island,
  sc south carolina, sd south dakota, tn tennessee, tx texas, ut utah, vt vermont, va virginia, wa washington, wv west virginia, wi wisconsin,
  wy wyoming, pr puerto rico, ab alberta, bc british columbia, mb manitoba, nb new brunswick, nl newfoundland and labrador, ns nova scotia,
  on ontario, pe prince edward island, qc quebec, sk saskatchewan, yt yukon, nu nunavut, nsw new south wales, vic victoria, qld queensland,
  tas tasmania, act australian capital territory`;
const LETTERS: ReadonlyMap<string, string> = new Map(STATES.split(',').map((state) => {
  const [letters, ...name] = state.trim().split(/\s+/);
  return [name.join(' '), letters!] as const;
}));

export const region: Kind = {
  name: 'region',
  normalise: (raw) => {
    const name = words(raw).join(' ');
    return (LETTERS.get(name) ?? name) || null;
  },
  levels: [
    { name: 'equal', m: 0.93, u: 0.2, by: 'value', alike: true },
    { name: 'different', m: 0.07, u: 0.8 },
  ],
  compare: (a, b) => (a === b ? 0 : 1),
};
