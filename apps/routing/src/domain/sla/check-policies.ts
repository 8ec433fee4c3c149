import type { FieldError, SlaChoice, SlaPolicies, SlaPolicy } from '@headwater/contracts';

/**
 * Everything that keeps a document of the right shape from being policies: names given twice or pointing nowhere, a fixed calendar
 * that isn't there, choices that leave leads out. Empty when they are.
 * @param calendars ids of the tenant's
 */
export function checkPolicies({ policies, choices }: SlaPolicies, calendars: ReadonlySet<number>): FieldError[] {
  const names = policies.map(({ name }) => name.trim().toLowerCase());
  const known = new Set(policies.map(({ name }) => name));
  return [
    ...(policies.length === 0 ? [error('policies', 'required', 'There must be a policy')] : []),
    ...names.flatMap((name, i) => (names.indexOf(name) < i ? [error(`policies.${i}.name`, 'duplicate', `"${policies[i].name}" is there twice`)] : [])),
    ...policies.flatMap((policy, i) => checkCalendarOf(policy, `policies.${i}`, calendars)),
    ...choices.flatMap((choice, i) => checkChoice(choice, `choices.${i}`, known)),
    ...(isDefault(choices.at(-1)) ? [] : [error('choices', 'default_required', 'The last choice must be for all leads that no other one fits: without temperature, source and entry')]),
  ];
}

function checkCalendarOf({ calendar, calendar_id }: SlaPolicy, path: string, calendars: ReadonlySet<number>): FieldError[] {
  if (calendar === 'fixed') {
    if (calendar_id == null) return [error(`${path}.calendar_id`, 'required', 'A fixed calendar needs its id')];
    return calendars.has(calendar_id) ? [] : [error(`${path}.calendar_id`, 'unknown_calendar', `There is no calendar ${calendar_id}`)];
  }
  return calendar_id == null ? [] : [error(`${path}.calendar_id`, 'not_fixed', `calendar_id is only of a fixed calendar, and this one is ${calendar}`)];
}

function checkChoice({ policy }: SlaChoice, path: string, known: ReadonlySet<string>): FieldError[] {
  return policy == null || known.has(policy) ? [] : [error(`${path}.policy`, 'unknown_policy', `There is no policy "${policy}" in this document`)];
}

const isDefault = (choice: SlaChoice | undefined): boolean =>
  choice !== undefined && choice.temperature == null && choice.source == null && choice.entry == null;

const error = (field: string, code: string, detail: string): FieldError => ({ field, code, detail });
