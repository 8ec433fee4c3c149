import {
  AUTO_UPDATES, jsonSchemaOf, LeadProfile, SURVIVORSHIP_STRATEGIES, type AutoUpdate, type FieldError, type MergePolicy, type SurvivorshipStrategy,
} from '@headwater/contracts';

export type Field = keyof LeadProfile;

export const PROFILE_FIELDS = Object.keys(jsonSchemaOf(LeadProfile, { closed: true, refPrefix: '' }).properties as object) as Field[];

/** Go together: one lead's street with another one's city would be nobody's address. */
export const ADDRESS: readonly Field[] = ['street', 'city', 'state', 'postal_code', 'country'];
const NUMBERS: readonly Field[] = ['annual_revenue', 'employees', 'estimated_value', 'probability'];
const FLAGS: readonly Field[] = ['email_opt_out', 'do_not_call'];
const SETS: readonly Field[] = ['tags', 'custom_fields'];
/** Not decided by itself: it belongs to the amount. */
export const FOLLOWS_ESTIMATED_VALUE: Field = 'currency';

/** What holds while a tenant has no policy of its own. */
export const DEFAULT_POLICY: MergePolicy = {
  default: 'primary',
  fields: {
    ...Object.fromEntries(ADDRESS.map((field) => [field, 'block'])),
    ...Object.fromEntries(SETS.map((field) => [field, 'union'])),
    ...Object.fromEntries([...FLAGS, 'consent'].map((field) => [field, 'strictest'])),
  },
  auto_update: 'none',
};

const ANYWHERE: readonly SurvivorshipStrategy[] = ['primary', 'newest', 'oldest'];

/** The fields that a strategy can decide; all where it isn't named. */
const ONLY_FOR: Partial<Record<SurvivorshipStrategy, (field: Field) => boolean>> = {
  max: (field) => NUMBERS.includes(field), min: (field) => NUMBERS.includes(field), sum: (field) => NUMBERS.includes(field),
  union: (field) => SETS.includes(field), block: (field) => ADDRESS.includes(field),
  strictest: (field) => FLAGS.includes(field) || field === 'consent',
  longest: (field) => ![...NUMBERS, ...FLAGS, ...SETS, 'consent'].includes(field),
};

/** What is wrong with a policy; nothing when it can be merged by. */
export function checkPolicy(document: unknown): FieldError[] {
  const { default: usual, fields = {}, auto_update = 'none', ...unknown } = (document ?? {}) as Record<string, unknown>;
  const errors: FieldError[] = Object.keys(unknown).map((field) =>
    ({ field, code: 'unknown_field', detail: `${field} is not a field of a merge policy` }));
  if (!ANYWHERE.includes(usual as SurvivorshipStrategy)) {
    errors.push({ field: 'default', code: 'unknown_value', detail: `default must be one of ${ANYWHERE.join(', ')}` });
  }
  if (!AUTO_UPDATES.includes(auto_update as AutoUpdate)) {
    errors.push({ field: 'auto_update', code: 'unknown_value', detail: `auto_update must be one of ${AUTO_UPDATES.join(', ')}` });
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    return [...errors, { field: 'fields', code: 'wrong_type', detail: 'fields must be an object' }];
  }
  return [...errors, ...Object.entries(fields).flatMap(([field, strategy]) => problemOf(field, strategy))];
}

function problemOf(field: string, strategy: unknown): FieldError[] {
  const name = `fields.${field}`.slice(0, 200);
  if (!PROFILE_FIELDS.includes(field as Field)) return [{ field: name, code: 'unknown_field', detail: `${name} is not a field of a lead` }];
  if (!SURVIVORSHIP_STRATEGIES.includes(strategy as SurvivorshipStrategy)) {
    return [{ field: name, code: 'unknown_value', detail: `${name} must be one of ${SURVIVORSHIP_STRATEGIES.join(', ')}` }];
  }
  const suits = ONLY_FOR[strategy as SurvivorshipStrategy]?.(field as Field) ?? true;
  return suits ? [] : [{ field: name, code: 'not_applicable', detail: `${strategy as string} can't decide about ${field}` }];
}

export const strategyOf = (policy: MergePolicy, field: Field): SurvivorshipStrategy => policy.fields[field] ?? policy.default;
