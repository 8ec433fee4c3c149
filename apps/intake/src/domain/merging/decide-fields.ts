import { DomainError, type FieldDecision, type LeadProfile, type MergeChoices, type MergePolicy } from '@headwater/contracts';
import type { Lead } from '../lead';
import { isEmpty, same } from '../merge-profile';
import { FOLLOWS_ESTIMATED_VALUE, PROFILE_FIELDS, strategyOf, type Field } from './merge-policy';
import { STRATEGIES, type Said } from './survivorship';

const NAME_PARTS: readonly Field[] = ['salutation', 'first_name', 'last_name'];

/** Which value each field has after a merge, and by which rule. @param leads the primary first; @throws DomainError 422 at a choice */
export function decideFields(leads: readonly Lead[], policy: MergePolicy, choices: MergeChoices): FieldDecision[] {
  assertChoices(leads, choices);
  const decisions = PROFILE_FIELDS.flatMap((field) => decideField(field, leads, policy, choices) ?? []);
  return decisions.map((decision) => (decision.field === FOLLOWS_ESTIMATED_VALUE ? followAmount(decision, decisions, leads) : decision));
}

function decideField(field: Field, leads: readonly Lead[], policy: MergePolicy, choices: MergeChoices): FieldDecision | null {
  const said = leads.flatMap((lead, i) => (isEmpty(lead.profile[field]) ? [] : [saidBy(lead, field, i === 0)]));
  const choice = choices[field];
  if (said.length === 0 && !choice) return null;
  const values = said.map(({ lead_id, value }) => ({ lead_id, value }));
  const decision = { field, values };
  if (choice && 'value' in choice) return { ...decision, value: choice.value, from: null, rule: 'given', conflict: isLost(choice.value, said) };
  if (choice) {
    const value = leads.find(({ id }) => id === choice.from)?.profile[field] ?? null;
    return { ...decision, value, from: choice.from, rule: 'chosen', conflict: isLost(value, said) };
  }
  const rule = strategyOf(policy, field);
  const { value, from } = STRATEGIES[rule](said, field, leads);
  return { ...decision, value, from, rule, conflict: rule !== 'union' && isLost(value, said) };
}

const isLost = (value: unknown, said: readonly Said[]): boolean => said.some((one) => !same(one.value, value));

const saidBy = ({ id, profile, edited, enriched, created_at, updated_at }: Lead, field: Field, isPrimary: boolean): Said => ({
  lead_id: id, value: profile[field], created_at, changed_at: edited[field]?.at ?? updated_at, isPrimary, isEnriched: field in enriched,
});

/** An amount goes with its own currency. */
function followAmount(decision: FieldDecision, decisions: readonly FieldDecision[], leads: readonly Lead[]): FieldDecision {
  const amount = decisions.find(({ field }) => field === 'estimated_value');
  const lead = leads.find(({ id }) => id === amount?.from);
  if (!lead || decision.rule === 'chosen' || decision.rule === 'given' || isEmpty(lead.profile.currency)) return decision;
  return { ...decision, value: lead.profile.currency, from: lead.id };
}

function assertChoices(leads: readonly Lead[], choices: MergeChoices): void {
  for (const [field, choice] of Object.entries(choices)) {
    if (!PROFILE_FIELDS.includes(field as Field)) {
      throw DomainError.invalidField(`fields.${field}`.slice(0, 200), 'unknown_field', `fields.${field} is not a field of a lead`.slice(0, 300));
    }
    if ('from' in choice && !leads.some(({ id }) => id === choice.from)) {
      throw DomainError.invalidField(`fields.${field}.from`, 'unknown_value', `fields.${field}.from must be one of the leads that are merged`);
    }
  }
}

/** The profile that the decisions come to; a full name that nobody chose is made of its parts anew when these are. */
export function profileOf(primary: Lead, decisions: readonly FieldDecision[]): LeadProfile {
  const profile = Object.fromEntries(decisions.filter(({ value }) => !isEmpty(value)).map(({ field, value }) => [field, value])) as LeadProfile;
  const fullName = decisions.find(({ field }) => field === 'full_name');
  const renamed = NAME_PARTS.some((part) => !same(profile[part], primary.profile[part]));
  if (renamed && fullName?.rule !== 'chosen' && fullName?.rule !== 'given') delete profile.full_name;
  return profile;
}
