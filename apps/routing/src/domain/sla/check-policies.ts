import { fieldError, type FieldError, type SlaChoice, type SlaPolicy, type SlaPolicyTerms } from '@headwater/contracts';

/** How the policies of a document name the calendar of a fixed one. */
export interface FixedCalendars<Policy> {
  readonly field: string;
  readonly named: (policy: Policy) => string | number | null | undefined;
  readonly isThere: (calendar: string | number) => boolean;
}

/** By id. @param calendars the tenant's */
export const byCalendarId = (calendars: ReadonlySet<number>): FixedCalendars<SlaPolicy> => ({
  field: 'calendar_id', named: ({ calendar_id }) => calendar_id, isThere: (id) => calendars.has(Number(id)),
});

/**
 * Everything that keeps a document of the right shape from being policies: names given twice or pointing nowhere, a fixed calendar
 * that isn't there, choices that leave leads out. Empty when they are.
 */
export function checkPolicies<Policy extends SlaPolicyTerms>(
  { policies, choices }: { readonly policies: readonly Policy[]; readonly choices: readonly SlaChoice[] }, fixed: FixedCalendars<Policy>,
): FieldError[] {
  const names = policies.map(({ name }) => name.trim().toLowerCase());
  const known = new Set(policies.map(({ name }) => name));
  return [
    ...(policies.length === 0 ? [fieldError('policies', 'required', 'There must be a policy')] : []),
    ...names.flatMap((name, i) => (names.indexOf(name) < i ? [fieldError(`policies.${i}.name`, 'duplicate', `"${policies[i].name}" is there twice`)] : [])),
    ...policies.flatMap((policy, i) => checkCalendarOf(policy, `policies.${i}`, fixed)),
    ...choices.flatMap((choice, i) => checkChoice(choice, `choices.${i}`, known)),
    ...(isDefault(choices.at(-1)) ? [] : [fieldError('choices', 'default_required', 'The last choice must be for all leads that no other one fits: without temperature, source and entry')]),
  ];
}

function checkCalendarOf<Policy extends SlaPolicyTerms>(policy: Policy, path: string, { field, named, isThere }: FixedCalendars<Policy>): FieldError[] {
  const [calendar, at] = [named(policy), `${path}.${field}`];
  if (policy.calendar === 'fixed') {
    if (calendar == null) return [fieldError(at, 'required', `A fixed calendar needs its ${field === 'calendar_id' ? 'id' : 'name'}`)];
    return isThere(calendar) ? [] : [fieldError(at, 'unknown_calendar', `There is no calendar ${JSON.stringify(calendar)}`)];
  }
  return calendar == null ? [] : [fieldError(at, 'not_fixed', `${field} is only of a fixed calendar, and this one is ${policy.calendar}`)];
}

function checkChoice({ policy }: SlaChoice, path: string, known: ReadonlySet<string>): FieldError[] {
  return policy == null || known.has(policy) ? [] : [fieldError(`${path}.policy`, 'unknown_policy', `There is no policy "${policy}" in this document`)];
}

const isDefault = (choice: SlaChoice | undefined): boolean =>
  choice !== undefined && choice.temperature == null && choice.source == null && choice.entry == null;
