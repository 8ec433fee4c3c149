import { MOST_CUSTOM_FIELDS, MOST_TAGS, type LeadProfile } from '@headwater/contracts';
import { supersedes } from './consent';
import { fullNameOf } from './person-name';

type Field = keyof LeadProfile;
export type Values = Partial<Record<Field, unknown>>;

export interface MergeRules {
  /** of a sender whom nobody knows, and of one who comes late: it fills only empty fields */
  fillsOnly: boolean;
  /** fields that a person edited: a source doesn't overwrite them any more */
  edited: ReadonlySet<string>;
  /** fields, `custom_fields.<key>` among them, that only a provider of enrichment filled: nobody's word, so whoever has one is heard */
  enriched: ReadonlySet<string>;
}

export interface Merged {
  profile: LeadProfile;
  /** names of the fields that changed */
  changed: Field[];
  /** what differs and may not be written: it waits for a person */
  pending: Values;
}

const UNIONS: ReadonlySet<Field> = new Set<Field>(['tags', 'custom_fields']);
/** Once said, only a person takes it back: the strictest wins. */
const STRICTEST: ReadonlySet<Field> = new Set<Field>(['email_opt_out', 'do_not_call']);

/** What a lead knows after a further submission of the same person. Empty values say nothing. */
export function mergeProfile(known: LeadProfile, sent: LeadProfile, rules: MergeRules): Merged {
  const profile: Values = { ...known };
  const changed: Field[] = [];
  const pending: Values = {};
  const isPartOfName = namesOnePart(sent);
  for (const [field, value] of Object.entries(sent) as [Field, unknown][]) {
    if (field === 'full_name' && isPartOfName && !isEmpty(known.full_name)) continue;
    const present = known[field];
    const wanted = combined(field, present, value, rules);
    if (same(present, wanted) || (field === 'email' && sameAddress(present, wanted)) || (field === 'consent' && !supersedes(known.consent, sent.consent))) continue;
    if (isFree(field, known, sent) || rules.enriched.has(field) || UNIONS.has(field) || STRICTEST.has(field) || mayOverwrite(field, rules)) {
      profile[field] = wanted;
      changed.push(field);
    } else {
      pending[field] = value;
    }
  }
  if (changed.includes('phone') && !sent.phone_extension) delete profile.phone_extension;
  if (isPartOfName && mayRename(known, rules) && (changed.includes('first_name') || changed.includes('last_name'))) {
    profile.full_name = fullNameOf(profile as LeadProfile);
    if (!changed.includes('full_name')) changed.push('full_name');
  }
  return { profile: profile as LeadProfile, changed, pending };
}

/** Whether one part of a name was sent and the full name is made of that: of the other part it says nothing. */
const namesOnePart = ({ first_name, last_name, full_name }: LeadProfile): boolean =>
  Boolean(first_name) !== Boolean(last_name) && full_name === (first_name || last_name);

/** Who may only fill adds to a full name that is no more than the parts; one that somebody wrote stays. */
const mayRename = (known: LeadProfile, { fillsOnly, edited }: MergeRules): boolean =>
  !edited.has('full_name') && (!fillsOnly || isEmpty(known.full_name) || known.full_name === fullNameOf(known));

/** Digits behind a number are that number's: they come, wait and go with it. */
const isFree = (field: Field, known: LeadProfile, sent: LeadProfile): boolean =>
  isEmpty(known[field]) && (field !== 'phone_extension' || isEmpty(known.phone) || known.phone === sent.phone);

const mayOverwrite = (field: Field, { fillsOnly, edited }: MergeRules): boolean => !fillsOnly && !edited.has(field);

function combined(field: Field, present: unknown, sent: unknown, rules: MergeRules): unknown {
  if (STRICTEST.has(field)) return Boolean(present) || Boolean(sent);
  if (field === 'tags') return [...new Set([...((present as string[]) ?? []), ...(sent as string[])])].slice(0, MOST_TAGS);
  if (field === 'custom_fields') {
    const overwrites = (name: string): boolean => mayOverwrite(field, rules) || rules.enriched.has(`custom_fields.${name}`);
    return unitedFields(present as object | undefined, sent as object, overwrites);
  }
  return sent;
}

/**
 * What is known stays, and as much comes to it as a lead may have; the rest is in the log of submissions.
 * @param overwrites whether a field that is known takes another value: nobody said what enrichment found
 */
function unitedFields(present: object | undefined, sent: object, overwrites: (name: string) => boolean): Record<string, unknown> {
  const fields = new Map<string, unknown>(Object.entries(present ?? {}));
  for (const [name, value] of Object.entries(sent)) {
    if (fields.has(name) ? overwrites(name) : fields.size < MOST_CUSTOM_FIELDS) fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** Capitals don't make another address; the one that is known stays. */
const sameAddress = (one: unknown, other: unknown): boolean =>
  typeof one === 'string' && typeof other === 'string' && one.toLowerCase() === other.toLowerCase();

/** Null, absent and blank say nothing. */
export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

/** Whether two values of a profile are equal; the order of an object's keys doesn't matter. */
export function same(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return (one ?? null) === (other ?? null);
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length
    && keys.every((key) => key in other && same((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]));
}
