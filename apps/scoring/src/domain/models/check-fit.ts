import type { FieldError } from '@headwater/contracts';
import { wordsOf } from '@headwater/rules';
import { check, distinct, either, formed, list, number, oneOf, record, report, text, type Check } from '../check-document';
import { EMAIL_QUALITIES, type DemographicRules } from '../scoring-model';
import { isEnding, SHORTEST_ENDING } from './compile-fit';
import { LONGEST_NAME, points } from './limits';
import { condition } from './named-conditions';

const MOST_BANDS = 30;
const MOST_TIERS = 30;
const MOST_LEVELS = 30;
const MOST_WORDS = 200;
const MOST_RULES = 50;
const MOST_REGIONS = 60;

const name = text(LONGEST_NAME);

const sizes = list(record({ at_least: number(0, Number.MAX_SAFE_INTEGER), points }), MOST_BANDS);
const bands: Check = check(sizes.schema, (value, path, errors) => {
  sizes(value, path, errors);
  rising(value, path, errors);
});

/** Bands that don't rise overlap: which of them holds would depend on their order. */
function rising(value: unknown, path: string, errors: FieldError[]): void {
  if (!Array.isArray(value)) return;
  const bounds = value.map((band: { at_least?: unknown } | null) => band?.at_least);
  const at = bounds.findIndex((bound, i) => i > 0 && typeof bound === 'number' && bound <= (bounds[i - 1] as number));
  if (at > 0) report(errors, `${path}.${at}.at_least`, 'overlapping_bands', 'must be above that of the band before');
}

const country = formed(2, { matches: (code) => /^[A-Z]{2}$/.test(code), inWords: 'a country as in US', pattern: '^[A-Z]{2}$' });
const words = list(formed(80, {
  matches: (word) => (isEnding(word) ? isLongEnding(wordsOf(word).trim()) : wordsOf(word).trim() !== ''),
  inWords: `a word with a letter or a digit, or behind a * what words end in, of ${SHORTEST_ENDING} letters or more`,
}), MOST_WORDS);
const isLongEnding = (key: string): boolean => key.length >= SHORTEST_ENDING && !key.includes(' ');
const names = (most: number): Check => list(text(80), most);
const tier = { when: condition, points };

export const demographic: Check = record({
  company_size: record({ employees: bands, annual_revenue: bands }, { combine: oneOf(['better', 'sum']) }),
  industry: record({ tiers: distinct('name', list(record({ name, industries: names(100), points }), MOST_TIERS)), other: points }),
  seniority: record({ levels: list(record({ level: name, words, points }), MOST_LEVELS), other: points }),
  email: record(Object.fromEntries(EMAIL_QUALITIES.map((quality) => [quality, points])), { no_mx: points }),
  phone: record({ valid: points, invalid: points }, { mobile: points }),
  geography: record({
    tiers: distinct('name', list(record({ name, countries: list(country, 250), points }), MOST_TIERS)), elsewhere: points,
  }, {
    regions: distinct('name', list(record({ name, country, states: names(100), points }), MOST_REGIONS)),
  }),
  rules: distinct('name', list(either({
    tiers: record({ name, tiers: list(record(tier), MOST_TIERS, 1) }), when: record({ name, ...tier }),
  }), MOST_RULES)),
}, {
  department: record({ departments: list(record({ department: name, words, points }), MOST_LEVELS), other: points }),
});

/** Levels and tiers that no lead can reach, as all that leads to them is taken by others before. */
export function checkReach({ seniority, department, industry, geography, rules }: DemographicRules): FieldError[] {
  const errors: FieldError[] = [];
  const path = 'demographic';
  unreachable(errors, `${path}.seniority.levels`, seniority.levels.map((one) => one.words), coversWord);
  unreachable(errors, `${path}.department.departments`, (department?.departments ?? []).map((one) => one.words), coversWord);
  const isSame = (one: string, other: string) => one === other;
  unreachable(errors, `${path}.industry.tiers`, industry.tiers.map(({ industries }) => industries), isSame);
  unreachable(errors, `${path}.geography.tiers`, geography.tiers.map(({ countries }) => countries), isSame);
  rules.forEach((rule, i) => {
    if ('tiers' in rule) unreachable(errors, `${path}.rules.${i}.tiers`, rule.tiers.map(({ when }) => [JSON.stringify(when)]), (when, earlier) => earlier === ALWAYS || isSame(when, earlier));
  });
  return errors;
}

/** Whether a title that has the one word has the earlier one. */
function coversWord(one: string, earlier: string): boolean {
  const [text, before] = [wordsOf(one), wordsOf(earlier)];
  if (isEnding(earlier)) return text.trimEnd().endsWith(before.trim());
  return !isEnding(one) && text.includes(before);
}

const ALWAYS = JSON.stringify({ always: true });

/** @param covers whether whatever has the one has the earlier one */
function unreachable(errors: FieldError[], path: string, items: readonly (readonly string[])[], covers: (one: string, earlier: string) => boolean): void {
  const earlier: string[] = [];
  items.forEach((entries, i) => {
    const covered = entries.length > 0 && entries.every((entry) => earlier.some((one) => covers(entry, one)));
    if (covered) report(errors, `${path}.${i}`, 'unreachable', 'is never reached: all that leads to it stands in others before it');
    earlier.push(...entries);
  });
}
