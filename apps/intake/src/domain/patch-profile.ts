import { DomainError, MOST_CUSTOM_FIELDS, type LeadProfile, type TenantPolicies } from '@headwater/contracts';
import { emailAgainst } from './set-aside';
import { isEmpty, same } from './merge-profile';

/**
 * A person's change: what is given is written, null empties, `custom_fields` merge by key (null removes one), lists are
 * replaced. @returns the profile after it and the fields that are different now
 */
export function patchProfile(known: LeadProfile, patch: LeadProfile): { profile: LeadProfile; changed: string[] } {
  const profile: Record<string, unknown> = { ...known };
  for (const [field, value] of Object.entries(patch)) {
    profile[field] = field === 'custom_fields' && value ? patchedCustomFields(known.custom_fields, value as object) : value;
    if (isEmpty(profile[field])) delete profile[field];
  }
  // What belongs to a number goes with it, and a name that is made of its parts follows them.
  if ('phone' in patch && !('phone_extension' in patch)) delete profile.phone_extension;
  if (!('full_name' in patch) && ('first_name' in patch || 'last_name' in patch)) delete profile.full_name;
  const changed = Object.keys({ ...known, ...profile }).filter((field) =>
    !same(known[field as keyof LeadProfile], profile[field]) && field in patch);
  return { profile: profile as LeadProfile, changed };
}

/** So that what is told of the lead, with its notes and attribution, stays within an event's 128 kB. */
const MOST_BYTES = 96 * 1024;

/** Why a change can't be made, whatever the lead's state: it is checked before any owner writes its part. */
export function refusedPatch(known: LeadProfile, patch: LeadProfile, policies: TenantPolicies): DomainError | null {
  const unwanted = patch.email === known.email ? null : emailAgainst(policies, patch.email);
  if (unwanted) return DomainError.invalidField('email', unwanted.code, unwanted.because);
  if (!patch.custom_fields) return null;
  const { profile } = patchProfile(known, patch);
  const { custom_fields } = profile;
  if (Object.keys(custom_fields ?? {}).length > MOST_CUSTOM_FIELDS) {
    return DomainError.invalidField('custom_fields', 'too_many', `custom_fields may have at most ${MOST_CUSTOM_FIELDS} members, those that are there included`);
  }
  if (Buffer.byteLength(JSON.stringify(profile)) <= MOST_BYTES) return null;
  return DomainError.invalidField('custom_fields', 'too_large', 'custom_fields is too much: the fields of a lead may have 96 kB, those that are there included');
}

function patchedCustomFields(known: LeadProfile['custom_fields'], patch: object): Record<string, unknown> | null {
  const merged = Object.entries({ ...known, ...patch }).filter(([, value]) => value !== null);
  return merged.length ? Object.fromEntries(merged) : null;
}
