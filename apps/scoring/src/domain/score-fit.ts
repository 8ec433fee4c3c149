import type { Contribution, IntakeState } from '@headwater/contracts';
import { evaluate, explain, type Facts } from '@headwater/rules';
import { hundredths, line } from './contribution-lines';
import { factsOf } from './lead-facts';
import type { DemographicRules, EmailQuality, SizeBand } from './scoring-model';

/** What each fit rule says of a lead, in hundredths of a point, before the part is capped and rounded. */
export function scoreFit(lead: IntakeState, rules: DemographicRules): Contribution[] {
  return [
    companySize(lead, rules),
    industry(lead, rules),
    seniority(lead, rules),
    email(lead, rules),
    phone(lead, rules),
    geography(lead, rules),
    ...conditions(lead, rules),
  ].filter((contribution) => contribution !== null);
}

const fit = (rule: string, points: number, because: string): Contribution =>
  line('demographic', rule, hundredths(points), because);

function companySize({ profile }: IntakeState, { company_size: { employees, annual_revenue } }: DemographicRules): Contribution | null {
  const sizes = [
    sizeIn(employees, profile.employees, 'employees'), sizeIn(annual_revenue, profile.annual_revenue, 'annual revenue'),
  ].filter((size) => size !== null);
  if (sizes.length === 0) return null;
  return sizes.reduce((best, size) => (size.points > best.points ? size : best));
}

function sizeIn(bands: readonly SizeBand[], value: number | null | undefined, name: string): Contribution | null {
  const band = typeof value === 'number' ? bands.findLast(({ at_least }) => value >= at_least) : undefined;
  return band ? fit('company_size', band.points, `${name} ${value} is at least ${band.at_least}`) : null;
}

function industry({ profile }: IntakeState, { industry: { tiers, other } }: DemographicRules): Contribution | null {
  const name = profile.industry;
  if (!name) return null;
  const tier = tiers.find(({ industries }) => industries.includes(name));
  return tier ? fit('industry', tier.points, `industry ${name} is in tier ${tier.name}`)
    : fit('industry', other, `industry ${name} is in no tier`);
}

function seniority({ profile: { job_title } }: IntakeState, { seniority: { levels, other } }: DemographicRules): Contribution | null {
  if (!job_title?.trim()) return null;
  const facts: Facts = { job_title };
  for (const { level, words, points } of levels) {
    const found = words.find((value) => evaluate({ field: 'job_title', op: 'matches_word', value }, facts).holds);
    if (found !== undefined) return fit('seniority', points, `job title has "${found}": ${level}`);
  }
  return fit('seniority', other, 'job title tells no level');
}

function email({ profile, facts }: IntakeState, { email: points }: DemographicRules): Contribution | null {
  if (!profile.email) return null;
  const quality: EmailQuality | null = facts.email_valid === false ? 'invalid' : (facts.email_kind ?? null);
  return quality && fit('email', points[quality], `e-mail is ${quality}`);
}

function phone({ profile, facts }: IntakeState, { phone: points }: DemographicRules): Contribution | null {
  if (!profile.phone && !profile.mobile) return null;
  return facts.phone_valid || facts.mobile_valid ? fit('phone', points.valid, 'a phone number is valid')
    : fit('phone', points.invalid, 'no phone number is valid');
}

function geography({ profile }: IntakeState, { geography: { tiers, elsewhere } }: DemographicRules): Contribution | null {
  const country = profile.country?.toUpperCase();
  if (!country) return null;
  const tier = tiers.find(({ countries }) => countries.includes(country));
  return tier ? fit('geography', tier.points, `country ${country} is in tier ${tier.name}`)
    : fit('geography', elsewhere, `country ${country} is in no tier`);
}

function conditions(lead: IntakeState, { rules }: DemographicRules): (Contribution | null)[] {
  if (rules.length === 0) return []; // the facts of a lead cost more than the rest of its score
  const facts = factsOf(lead);
  return rules.map(({ name, when, points }) => {
    const { holds, trace } = evaluate(when, facts);
    return holds ? fit(`rule.${name}`, points, explain(trace)) : null;
  });
}
