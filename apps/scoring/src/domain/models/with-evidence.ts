import type { Contribution, IntakeState } from '@headwater/contracts';
import { fieldsOf } from '@headwater/rules';
import { shorten } from '../contribution-lines';
import { factsOf } from '../lead-facts';
import type { ScoringModel } from '../scoring-model';
import { withNamed } from './named-conditions';

/** What each rule of its own kind reads. */
const READS: Readonly<Record<string, readonly string[]>> = {
  company_size: ['employees', 'annual_revenue'], industry: ['industry', 'industry_raw'], seniority: ['job_title'], department: ['job_title'],
  email: ['email', 'email_valid', 'email_kind', 'email_mx'], phone: ['phone', 'mobile', 'phone_valid', 'mobile_valid'], geography: ['country', 'state'],
};
const RULE = 'rule.';
const CUSTOM = 'custom_fields.';
const LONGEST = 200;

/**
 * The demographic lines, each with what it was read from. It is found out when somebody asks: kept with each score it would make every
 * score dearer.
 */
export function withEvidence(contributions: readonly Contribution[], lead: IntakeState, model: ScoringModel): Contribution[] {
  const facts = factsOf(lead);
  return contributions.map((line) => {
    const fields = line.part === 'demographic' ? fieldsRead(line.rule, model) : [];
    const evidence = Object.fromEntries(fields.flatMap((field) => {
      const fact = factAt(field, facts);
      return fact === undefined || fact === null ? [] : [[field, typeof fact === 'string' ? shorten(fact, LONGEST) : fact]];
    }));
    return fields.length > 0 ? { ...line, evidence } : line;
  });
}

function fieldsRead(name: string, { demographic: { rules }, conditions }: ScoringModel): readonly string[] {
  if (!name.startsWith(RULE)) return READS[name] ?? [];
  const rule = rules.find((one) => shorten(RULE + one.name, 100) === name);
  const whens = rule === undefined ? [] : ('tiers' in rule ? rule.tiers : [rule]).map(({ when }) => when);
  return [...new Set(whens.flatMap((when) => fieldsOf(withNamed(when, conditions ?? []))))];
}

const factAt = (field: string, facts: Readonly<Record<string, unknown>>): unknown =>
  (field.startsWith(CUSTOM) ? (facts.custom_fields as Record<string, unknown> | null | undefined)?.[field.slice(CUSTOM.length)] : facts[field]);
