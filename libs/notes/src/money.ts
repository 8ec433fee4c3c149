import { readNumber } from '@headwater/inlets';

/** An amount of money that a text names; of a range its upper end. */
export interface Money {
  amount: number;
  /** ISO 4217; null where none is said */
  currency: string | null;
  start: number;
  end: number;
}

const CODES: Readonly<Record<string, string>> = {
  'us$': 'USD', $: 'USD', usd: 'USD', dollar: 'USD', dollars: 'USD', 'ca$': 'CAD', 'c$': 'CAD', cad: 'CAD', 'au$': 'AUD', 'a$': 'AUD', aud: 'AUD',
  'r$': 'BRL',
  brl: 'BRL', '€': 'EUR', eur: 'EUR', euro: 'EUR', euros: 'EUR',
  '£': 'GBP', gbp: 'GBP', pound: 'GBP', pounds: 'GBP', chf: 'CHF', sfr: 'CHF', franken: 'CHF',
  '¥': 'JPY', jpy: 'JPY', sek: 'SEK', nok: 'NOK', dkk: 'DKK', pln: 'PLN', 'zł': 'PLN', mxn: 'MXN', '₹': 'INR', inr: 'INR', 'rs.': 'INR',
    dólares: 'USD', bucks: 'USD', pesos: 'MXN', sgd: 'SGD', nzd: 'NZD', aed: 'AED', zar: 'ZAR', czk: 'CZK', huf: 'HUF', quid: 'GBP',
      livres: 'GBP', 'fr.': 'CHF', francs: 'CHF', kronor: 'SEK',
  ngn: 'NGN', kes: 'KES', egp: 'EGP', thb: 'THB', idr: 'IDR', ils: 'ILS', krw: 'KRW', ron: 'RON', hkd: 'HKD', twd: 'TWD', cny: 'CNY', rmb: 'CNY', php: 'PHP', myr: 'MYR',
  clp: 'CLP', cop: 'COP', ars: 'ARS',
};
const CURRENCY = `(?:${Object.keys(CODES).sort((a, b) => b.length - a.length).map((code) => code.replace(/[$.]/gu, '\\$&')).join('|')})`;
const DIGITS = "\\d{1,3}(?:[.,'\u2019\u00a0\u202f ]\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d+)?";
const SUFFIX = 'k|lakhs?|lacs?|crores?|cr|mil(?!l)|tsd\\.?|thousand|grand|mille?|mn|mm|mio\\.?|millions?|millionen|millones|millón|m|bn|mrd\\.?|billion|tausend';
const ONE = (n: number) => `(?<c${n}>${CURRENCY})?\\s?(?<n${n}>${DIGITS})\\s?(?<s${n}>(?:${SUFFIX})(?![\\p{L}\\p{N}])|[ktm](?=eur|chf|usd|gbp|€))?`;
const AMOUNT = new RegExp(`(?<![\\p{L}\\p{N}.,$])(?:(?<between>between|zwischen|entre)\\s+)?${ONE(1)}(?:,?\\s?(?<c3>${CURRENCY})(?![\\p{L}]))?`
  + `(?:\\s?(?<to>-|,? ?maybe|\\.{2,3}|/|\u2013|\u2014|to|bis|à|a|and|und|et|y)\\s?${ONE(2)})?(?:,?\\s?\\(?(?<c4>${CURRENCY})(?![\\p{L}]))?`, 'giu');
/** What counts something else than money. */
const OTHER_UNIT = /^\s*(?:%|percent|prozent|hours?|hrs?|users?|seats?|licen[cs]es?|employees|people|staff|days?|weeks?|months?|years?|departments?|sites?|locations?|tage|wochen|monate|jahre|stunden|mitarbeiter|jours|semaines|mois|ans|días|semanas|meses|años|min(?:utes)?\b)/iu;
const PHONE = /\+\d[\d\s().-]{6,}\d|\b\d{3}[-.\s]\d{3}[-.\s]\d{4}\b|\(\d{2,5}\)\s?\d[\d\s-]{4,}\d/gu;
const THOUSANDS = /^(?:k|t|tsd\.?|thousand|grand|mille?|mil|tausend)$/iu;
const MILLIONS = /^(?:mn|mm|m|mio\.?|millions?|millionen|millones|millón)$/iu;

/**
 * Amounts of money in a text: with a currency, or with a suffix such as `75k`.
 * @param bare whether a number from 1,000 on counts without either, as where a budget is being told
 */
export function moneyIn(text: string, bare = false): Money[] {
  const readable = text.replace(PHONE, (phone) => '#'.repeat(phone.length));
  return [...readable.matchAll(AMOUNT)].flatMap((match) => {
    const groups = match.groups!;
    const isRange = groups.n2 !== undefined && (!/^(?:and|und|et|y)$/iu.test(groups.to!) || groups.between !== undefined);
    const suffix = (isRange ? groups.s2 : undefined) ?? groups.s1;
    const amount = amountOf(isRange ? groups.n2! : groups.n1!, suffix);
    const code = [groups.c1, groups.c3, groups.c2, groups.c4].find((one) => one !== undefined);
    const end = match.index + match[0].length;
    if (amount === null || OTHER_UNIT.test(readable.slice(end))) return [];
    if (!code && !suffix && !(bare && amount >= 1_000 && !isYear(groups.n1!))) return [];
    return [{ amount, currency: code ? CODES[code.toLowerCase()]! : null, start: match.index, end }];
  });
}

const NAMED = new RegExp(`(?<![\\p{L}])${CURRENCY}(?![\\p{L}])`, 'iu');
/** The first currency that a text names, without an amount beside it, as in `60k planned (USD)`; null where it names none. */
export const currencyIn = (text: string): string | null => CODES[NAMED.exec(text)?.[0].toLowerCase() ?? ''] ?? null;

const isYear = (digits: string): boolean => /^(?:19|20)\d\d$/u.test(digits);

function amountOf(digits: string, suffix: string | undefined): number | null {
  const value = readNumber(digits)?.value;
  if (value === undefined) return null;
  if (!suffix) return value;
  // One suffix makes a point decimal: 1.250 Mio. is one and a quarter.
  const times = THOUSANDS.test(suffix) ? 1e3 : MILLIONS.test(suffix) ? 1e6 : /^la/iu.test(suffix) ? 1e5 : /^cr/iu.test(suffix) ? 1e7 : 1e9;
  return Math.round(times * value * 100) / 100;
}
