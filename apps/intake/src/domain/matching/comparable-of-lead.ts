import { comparableOf, comparedFields, hashKey, matchKeys, type Comparable, type MatchingModel } from '@headwater/matching';
import type { LeadFacts, LeadProfile } from '@headwater/contracts';
import { readEmail } from '../email';

/** What of a lead says who it is. */
export interface Identifiable {
  profile: LeadProfile;
  facts: Pick<LeadFacts, 'company_domain' | 'email_kind'>;
}

const CUSTOM = 'custom_fields.';

/** What is compared of a lead. The mailbox of a role says nothing of a person: its domain, which is compared, says where it belongs. */
export function comparableOfLead({ profile, facts }: Identifiable, model: MatchingModel): Comparable {
  const values: Record<string, string | null | undefined> = {
    first_name: profile.first_name, last_name: profile.last_name, full_name: profile.full_name,
    email: facts.email_kind === 'role' ? null : readEmail(profile.email).key ?? profile.email,
    phone: profile.phone ?? profile.mobile, company_name: profile.company_name, website: facts.company_domain,
    street: profile.street, postal_code: profile.postal_code, city: profile.city, state: profile.state, country: profile.country,
  };
  for (const { name } of model.fields) {
    if (name.startsWith(CUSTOM)) values[name] = textOf(profile.custom_fields?.[name.slice(CUSTOM.length)]);
  }
  return comparableOf(values, model);
}

const textOf = (value: unknown): string | null => (typeof value === 'string' || typeof value === 'number' ? String(value) : null);

/** The keys by which a lead is found, hashed with its tenant, each once. */
export const keysOfComparable = (tenant: string, comparable: Comparable, model: MatchingModel): number[] =>
  [...new Set(matchKeys(comparable, model).map((key) => hashKey(`${tenant} ${key}`)))];

/**
 * A hash of what says who a lead is: name, e-mail, phone and fields of that sort; of one that names no person, the organisation's. While
 * it stays, what people decided about a pair stays.
 */
export function identityOf(comparable: Comparable, model: MatchingModel): number {
  const isPerson = comparable.first_name !== undefined || comparable.last_name !== undefined;
  const parts = comparedFields(model).filter(({ name, about }) =>
    about === 'person' || name === 'phone' || (!isPerson && about === 'organisation')).map(({ name }) => `${name}=${comparable[name] ?? ''}`);
  return hashKey(parts.join('\n'));
}

/** Fields of the profile that are compared: a lead of which one changes is to be matched anew. */
export const IDENTIFYING = [
  'first_name', 'last_name', 'full_name', 'email', 'phone', 'mobile', 'company_name', 'website', 'street', 'postal_code', 'city', 'state',
  'country', 'custom_fields',
] as const satisfies (keyof LeadProfile)[];
