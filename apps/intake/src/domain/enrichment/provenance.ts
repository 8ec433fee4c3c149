import type { LeadProfile } from '@headwater/contracts';
import { same } from '../merge-profile';
import { CUSTOM, isCustomField } from './lead-fields';

/** Where a value of a lead comes from that no sender and no person gave. */
export interface Provenance {
  /** name of the provider, as the setup has it */
  provider: string;
  /** 0 to 1 */
  confidence: number;
  at: string;
}

/** By field; a custom field is `custom_fields.<key>`. */
export type Enriched = Readonly<Record<string, Provenance>>;

export const valueAt = (profile: LeadProfile, field: string): unknown =>
  (isCustomField(field) ? own(profile.custom_fields, field.slice(CUSTOM.length)) : own(profile, field));

const own = (holder: object | null | undefined, name: string): unknown =>
  (holder && Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : undefined);

/** What is still nobody's word after a change: whoever gave a field another value, it is theirs now. */
export function stillEnriched(enriched: Enriched, before: LeadProfile, after: LeadProfile): Enriched {
  const entries = Object.entries(enriched);
  const kept = entries.filter(([field]) => same(valueAt(before, field), valueAt(after, field)));
  return kept.length === entries.length ? enriched : Object.fromEntries(kept);
}
