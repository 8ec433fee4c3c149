import type { Contribution, IntakeState } from '@headwater/contracts';
import { evaluate, explain, wordsOf, type Condition, type Facts } from '@headwater/rules';
import { hundredths, line } from '../contribution-lines';
import type { DemographicRules, EmailQuality, NamedCondition, ScoringModel, SizeBand } from '../scoring-model';
import { withNamed } from './named-conditions';

/** One rule of a model, made ready: what it says of a lead, in hundredths of a point, or null. */
export type FitScorer = (lead: IntakeState) => Contribution | null;

/** The rules over facts are asked last, and together: the facts of a lead cost more than the rest of its score. */
export interface CompiledFit { readonly scorers: readonly FitScorer[]; readonly rules: readonly FactRule[] }
export type FactRule = (facts: Facts) => Contribution | null;

const fit = (rule: string, points: number, because: string): Contribution => line('demographic', rule, hundredths(points), because);

/** The demographic rules of a checked model with all that depends on the model alone done once. */
export function compileFit({ demographic: rules, conditions }: Pick<ScoringModel, 'demographic' | 'conditions'>): CompiledFit {
  return {
    scorers: [companySize(rules), industry(rules), seniority(rules), department(rules), email(rules), phone(rules), geography(rules)],
    rules: rules.rules.map((rule) => factRule(rule, conditions ?? [])),
  };
}

function companySize({ company_size: { employees, annual_revenue, combine } }: DemographicRules): FitScorer {
  return ({ profile }) => {
    const heads = sizeIn(employees, profile.employees, 'employees');
    const revenue = sizeIn(annual_revenue, profile.annual_revenue, 'annual revenue');
    if (!heads || !revenue) return heads ?? revenue;
    if (combine === 'sum') return line('demographic', 'company_size', heads.points + revenue.points, `${heads.because}, ${revenue.because}`);
    return revenue.points > heads.points ? revenue : heads;
  };
}

function sizeIn(bands: readonly SizeBand[], value: number | null | undefined, name: string): Contribution | null {
  if (typeof value !== 'number') return null;
  const band = bands.findLast(({ at_least }) => value >= at_least);
  return band ? fit('company_size', band.points, `${name} ${value} is at least ${band.at_least}`) : null;
}

/** The first entry that has a key: what stands twice counts where it stands first. */
function firstBy<Item>(items: readonly Item[], keys: (item: Item) => readonly string[]): Map<string, Item> {
  const found = new Map<string, Item>();
  for (const item of items) {
    for (const key of keys(item)) if (!found.has(key)) found.set(key, item);
  }
  return found;
}

function industry({ industry: { tiers, other } }: DemographicRules): FitScorer {
  const tierOf = firstBy(tiers, ({ industries }) => industries);
  return ({ profile: { industry: name } }) => {
    if (!name) return null;
    const tier = tierOf.get(name);
    return tier ? fit('industry', tier.points, `industry ${name} is in tier ${tier.name}`) : fit('industry', other, `industry ${name} is in no tier`);
  };
}

const seniority = ({ seniority: { levels, other } }: DemographicRules): FitScorer =>
  readTitle('seniority', levels.map(({ level: name, ...rest }) => ({ name, ...rest })), other, 'level');

/** Where every department is worth nothing, none is looked for. */
function department({ department: rules }: DemographicRules): FitScorer {
  if (!rules || (rules.other === 0 && rules.departments.every(({ points }) => points === 0))) return () => null;
  return readTitle('department', rules.departments.map(({ department: name, ...rest }) => ({ name, ...rest })), rules.other, 'department');
}

interface Words { name: string; words: readonly string[]; points: number }

/** What stands behind a `*` is what a word ends in, as in `*leiter`. */
export const isEnding = (word: string): boolean => word.startsWith('*');
/** Endings are looked up by their last letters; shorter ones would say nothing. */
export const SHORTEST_ENDING = 3;
const lastLetters = (word: string): string => word.slice(-SHORTEST_ENDING);

/** The first entry of which the job title has a word, and of its words the one that stands first in it. */
function readTitle(rule: string, entries: readonly Words[], other: number, what: string): FitScorer {
  const ranked = entries.flatMap(({ words, ...entry }) => words.map((word) => ({ ...entry, word, key: wordsOf(word).trim() })))
    .map((one, rank) => ({ ...one, rank, contribution: fit(rule, one.points, becauseOf(one)) }));
  const byKey = firstBy(ranked, ({ key }) => [key]);
  const endings = new Map<string, typeof ranked>();
  for (const one of ranked.filter(({ word }) => isEnding(word))) endings.set(lastLetters(one.key), [...endings.get(lastLetters(one.key)) ?? [], one]);
  const longest = Math.max(0, ...[...byKey.keys()].map((key) => key.split(' ').length));
  const none = fit(rule, other, `job title tells no ${what}`);
  return ({ profile: { job_title } }) => {
    if (!job_title?.trim()) return null;
    const words = wordsOf(job_title).trim().split(' ');
    let best: (typeof ranked)[number] | undefined;
    const offer = (found: typeof best): void => {
      if (found && (!best || found.rank < best.rank)) best = found;
    };
    for (let from = 0; from < words.length; from += 1) {
      offer(endings.get(lastLetters(words[from]))?.find(({ key }) => words[from].endsWith(key)));
      let key = '';
      for (let to = from; to < Math.min(words.length, from + longest); to += 1) {
        key = to === from ? words[to] : `${key} ${words[to]}`;
        offer(byKey.get(key));
      }
    }
    return best?.contribution ?? none;
  };
}

const becauseOf = ({ word, name }: { word: string; name: string }): string =>
  (isEnding(word) ? `a word of the job title ends in "${word.slice(1).trim()}": ${name}` : `job title has "${word}": ${name}`);

function email({ email: points }: DemographicRules): FitScorer {
  return ({ profile, facts }) => {
    if (!profile.email) return null;
    const quality: EmailQuality | null = facts.email_valid === false ? 'invalid' : (facts.email_kind ?? null);
    if (facts.email_mx === false && points.no_mx != null) return fit('email', points.no_mx, 'the domain of the e-mail takes no mail');
    return quality && fit('email', points[quality], `e-mail is ${quality}`);
  };
}

function phone({ phone: { valid, invalid, mobile } }: DemographicRules): FitScorer {
  return ({ profile, facts }) => {
    if (!profile.phone && !profile.mobile) return null;
    if (facts.mobile_valid && mobile != null) return fit('phone', valid + mobile, 'a mobile number is valid');
    return facts.phone_valid || facts.mobile_valid ? fit('phone', valid, 'a phone number is valid') : fit('phone', invalid, 'no phone number is valid');
  };
}

function geography({ geography: { regions, tiers, elsewhere } }: DemographicRules): FitScorer {
  const tierOf = firstBy(tiers, ({ countries }) => countries);
  const regionOf = firstBy(regions ?? [], ({ country, states }) => states.map((state) => `${country}${wordsOf(state)}`));
  return ({ profile }) => {
    const country = profile.country?.toUpperCase();
    if (!country) return null;
    const region = regionOf.size > 0 && profile.state ? regionOf.get(`${country}${wordsOf(profile.state)}`) : undefined;
    if (region) return fit('geography', region.points, `state ${profile.state} is in region ${region.name}`);
    const tier = tierOf.get(country);
    return tier ? fit('geography', tier.points, `country ${country} is in tier ${tier.name}`) : fit('geography', elsewhere, `country ${country} is in no tier`);
  };
}

function factRule(rule: DemographicRules['rules'][number], conditions: readonly NamedCondition[]): FactRule {
  const tiers = ('tiers' in rule ? rule.tiers : [rule]).map(({ when, points }) => ({ when: withNamed(when, conditions), points }));
  return (facts) => firstThatHolds(`rule.${rule.name}`, tiers, facts);
}

function firstThatHolds(name: string, tiers: readonly { when: Condition; points: number }[], facts: Facts): Contribution | null {
  for (const { when, points } of tiers) {
    const { holds, trace } = evaluate(when, facts);
    if (holds) return fit(name, points, explain(trace));
  }
  return null;
}
