import { readNumber } from '@headwater/inlets';
import { everyMatch } from './every-match';
import { NUMBER_IN_WORDS, numberOfWords } from './number-words';

/** An amount of money that a text names; of a range its upper end. */
export interface Money {
  amount: number;
  /** ISO 4217; null where none is said */
  currency: string | null;
  start: number;
  end: number;
}

/** What people write for a currency, as patterns, longer ones before those they begin with; null where a word leaves it open. */
const CURRENCIES: readonly (readonly [string, string | null])[] = [
  ['ca?\\$|\\$ ?ca|cad|canadian dollars?|dollars? canadiens?', 'CAD'], ['au?\\$|aud|(?:australian|aussie) dollars?', 'AUD'], ['nz\\$|nzd', 'NZD'],
  ['s\\$|sgd', 'SGD'], ['hk\\$|hkd', 'HKD'], ['r\\$|brl|rea(?:is|les)', 'BRL'],
  ['us ?\\$|\\$ ?us|\\$|usd|(?:us[- ]|american )?dollars?|dólares(?: americanos)?|bucks', 'USD'], ['€|euros?|eur', 'EUR'],
  ['£|gbp|pounds?(?: sterling)?|quid|livres|libras', 'GBP'],
  ['chf|sfr\\.?|fr\\.|(?:schweizer )?franken|francs?(?: suisses?)?|francos(?: suizos)?', 'CHF'], ['¥|jpy|yen', 'JPY'], ['sek|kronor', 'SEK'],
  ['nok', 'NOK'], ['dkk', 'DKK'], ['kr', null], ['pln|zł|zlot[yi]|złoty(?:ch)?', 'PLN'], ['czk', 'CZK'], ['huf', 'HUF'], ['ron', 'RON'],
  ['clp|pesos chilenos', 'CLP'], ['cop|pesos colombianos', 'COP'], ['ars|pesos argentinos', 'ARS'], ['mxn|pesos(?: mexicanos)?', 'MXN'],
  ['₹|inr|rs\\.|rupees?', 'INR'], ['aed|dirhams?', 'AED'], ['sar', 'SAR'], ['zar|rand', 'ZAR'], ['ngn|naira', 'NGN'], ['kes', 'KES'],
  ['egp', 'EGP'], ['ils|shekels?', 'ILS'], ['krw', 'KRW'], ['thb|baht', 'THB'], ['idr', 'IDR'], ['twd', 'TWD'], ['cny|rmb|yuan', 'CNY'],
  ['php', 'PHP'], ['myr|ringgit', 'MYR'],
];
const CURRENCY = `(?:${CURRENCIES.map(([names]) => names).join('|')})`;
const CODE_OF = CURRENCIES.map(([names, code]) => ({ code, names: new RegExp(`^(?:${names})$`, 'iu') }));
const codeOf = (name: string | undefined): string | null => (name ? CODE_OF.find(({ names }) => names.test(name))?.code ?? null : null);
const DIGITS = "\\d{1,3}(?:[.,'\u2019\u00a0\u202f ]\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d+)?";
const SUFFIX = 'k|lakhs?|lacs?|crores?|cr|mil(?!l)|tsd\\.?|thousand|grand|mille?|mn|mm|mio\\.?|millions?|millionen|millones|millón|m|bn|mrd\\.?|billion|tausend';
/** Behind a number in words. */
const SCALE = 'k|thousand|grand|mille?|mil|tausend|million(?:s|en)?|mill[oó]n|millones';
/** `75k`, `k€`, or what `kEUR` has before its currency. */
const suffixed = (n: number): string => `(?<s${n}>(?:${SUFFIX})(?![\\p{L}\\p{N}])|[ktm](?=eur|chf|usd|gbp|€))?`;
/** Words count only before a scale: `fifty thousand`, where `fifty` may be anything. */
const NUMBER = `${DIGITS}|(?<!\\d[ -]?)(?:${NUMBER_IN_WORDS})(?=[- ]?(?:${SCALE})(?![\\p{L}\\p{N}]))`;
/** A number with what stands right beside it, each a group by its place: `$75k` is c1, n1, s1. */
const numbered = (n: number): string => `(?<c${n}>${CURRENCY})?\\s?(?<n${n}>${NUMBER})\\s?${suffixed(n)}`;
const BETWEEN = '(?:(?<between>between|btw\\.?|zwischen|entre)\\s+)?';
const TO = '(?<to>-|,? ?maybe|\\.{2,3}|/|\u2013|\u2014|to|bis|à|a|and|und|et|y|or|oder|ou|o)';
/** A number and, of a range, a second one: `between 40k and 50k EUR`. Whether it is one is asked of what was found. */
const AMOUNT = new RegExp(`(?<![\\p{L}\\p{N}.,$#])(?<first>${BETWEEN}${numbered(1)}(?:,?\\s?(?<c3>${CURRENCY})(?![\\p{L}]))?)`
  + `(?:\\s?${TO}\\s?${numbered(2)})?(?:,?\\s?\\(?(?<c4>${CURRENCY})(?![\\p{L}]))?`, 'giu');
/** What counts something else than money. */
const OTHER_UNIT = new RegExp(`^\\s*(?:${[
  '%|percent|prozent', 'hours?|hrs?', 'users?|seats?|licen[cs]es?|employees|people|staff', 'days?|weeks?|months?|years?',
  'instal+ments?|payments?|raten|mensualités|cuotas', 'departments?|sites?|locations?',
  'tage|wochen|monate|jahre|stunden|mitarbeiter', 'jours|semaines|mois|ans', 'días|semanas|meses|años',
  'min(?:utes)?\\b', 'heads?|ftes?|reps', 'skus?|items?|records|rows|devices|tickets|leads|contacts|customers|members|students|patients|orders|invoices|calls',
  'km|kg|tons?|sqm|m²', 'hits|downloads|followers', 'kunden|artikel|aufträge|rechnungen', 'clients|commandes|factures',
  'clientes|pedidos|facturas|empleados|usuarios', 'salari[ée]s|utilisateurs',
].join('|')})(?![\\p{L}])`, 'iu');
const PHONE = /\+\d[\d\s().-]{6,}\d|\b\d{3}[-.\s]\d{3}[-.\s]\d{4}\b|\(\d{2,5}\)\s?\d[\d\s-]{4,}\d/gu;
const THOUSANDS = /^(?:k|t|tsd\.?|thousand|grand|mille?|mil|tausend)$/iu;
const MILLIONS = /^(?:mn|mm|m|mio\.?|millions?|millionen|millones|millón)$/iu;

/** A digit, or what a number in words stands before: cheap to look for, and most sentences have neither. */
const MAY_BE_MONEY = new RegExp(`\\d|${SCALE}`, 'iu');

/**
 * Amounts of money in a text: with a currency, or with a suffix such as `75k`.
 * @param bare whether a number from 1,000 on counts without either, as where a budget is being told
 */
export function moneyIn(text: string, bare = false): Money[] {
  if (!MAY_BE_MONEY.test(text)) return [];
  const readable = text.replace(PHONE, (phone) => '#'.repeat(phone.length));
  return everyMatch(AMOUNT, readable).flatMap((match) => {
    const groups = match.groups!;
    const isRange = goesTo(groups, readable.slice(match.index + match[0].length));
    const suffix = (isRange ? groups.s2 : undefined) ?? groups.s1;
    const amount = amountOf(isRange ? groups.n2! : groups.n1!, suffix);
    const code = (isRange || groups.n2 === undefined ? [groups.c1, groups.c3, groups.c2, groups.c4] : [groups.c1, groups.c3]).find((one) => one !== undefined);
    const end = match.index + (isRange || groups.n2 === undefined ? match[0] : groups.first!).length;
    if (!amount || OTHER_UNIT.test(readable.slice(end))) return [];
    if (!code && !suffix && !(bare && amount >= 1_000 && !isYear(groups.n1!))) return [];
    return [{ amount, currency: codeOf(code), start: match.index, end }];
  });
}

/** Whether a second number is the end of a range; else, as in `50k or 3 instalments`, only the first one is money. */
function goesTo({ between, n1, s1, c1, c3, to, n2, s2, c2, c4 }: Partial<Record<string, string>>, behind: string): boolean {
  if (n2 === undefined || (/^(?:and|und|et|y)$/iu.test(to!) && between === undefined)) return false;
  if (s2 ?? c2 ?? c4) return true;
  return !isYear(n2) && !((s1 ?? c1 ?? c3) && OTHER_UNIT.test(behind)) && (amountOf(n2, s1) ?? 0) >= (amountOf(n1!, s1) ?? 0);
}

const NAMED = new RegExp(`(?<![\\p{L}])${CURRENCY}(?![\\p{L}])`, 'iu');
/** The first currency that a text names, without an amount beside it, as in `60k planned (USD)`; null where it names none. */
export const currencyIn = (text: string): string | null => codeOf(NAMED.exec(text)?.[0]);

const isYear = (digits: string): boolean => /^(?:19|20)\d\d$/u.test(digits);

function amountOf(digits: string, suffix: string | undefined): number | null {
  const value = readNumber(digits)?.value ?? numberOfWords(digits);
  if (value === null) return null;
  if (!suffix) return value;
  // One suffix makes a point decimal: 1.250 Mio. is one and a quarter.
  const times = THOUSANDS.test(suffix) ? 1e3 : MILLIONS.test(suffix) ? 1e6 : /^la/iu.test(suffix) ? 1e5 : /^cr/iu.test(suffix) ? 1e7 : 1e9;
  return Math.round(times * value * 100) / 100;
}
