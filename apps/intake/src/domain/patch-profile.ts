import type { LeadProfile } from '@headwater/contracts';
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

function patchedCustomFields(known: LeadProfile['custom_fields'], patch: object): Record<string, unknown> | null {
  const merged = Object.entries({ ...known, ...patch }).filter(([, value]) => value !== null);
  return merged.length ? Object.fromEntries(merged) : null;
}
