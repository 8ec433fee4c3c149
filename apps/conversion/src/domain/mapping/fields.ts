import { Account, Contact, LeadProfile, Opportunity, type IntakeState } from '@headwater/contracts';
import { propertiesOf, type Property } from './property';

/** What a lead becomes. */
export const ENTITIES = ['account', 'contact', 'customer', 'opportunity'] as const;
export type Entity = (typeof ENTITIES)[number];

/** Of which a mapping must say where they come from: without them nobody is known, and no refusal of mail is kept. */
export const REQUIRED = ['account.name', 'contact.email', 'contact.email_opt_out', 'contact.do_not_call', 'contact.consent'] as const;

const CARRIED = ['tags', 'custom_fields'];
const FREE: Record<Entity, { of: Record<string, Property>; fields: string[] }> = {
  account: {
    of: propertiesOf(Account),
    fields: ['name', 'domain', 'website', 'industry', 'employees', 'annual_revenue', 'street', 'city', 'state', 'postal_code', 'country', ...CARRIED],
  },
  contact: {
    of: propertiesOf(Contact),
    fields: ['salutation', 'first_name', 'last_name', 'full_name', 'job_title', 'email', 'phone', 'mobile', 'email_opt_out', 'do_not_call', 'consent', ...CARRIED],
  },
  // All else that a customer shows is its contact's and its account's.
  customer: { of: propertiesOf(Account), fields: CARRIED },
  opportunity: { of: propertiesOf(Opportunity), fields: ['currency', 'notes', ...CARRIED] },
};

/** Where a mapping may lead: `<entity>.<field>`. */
const TARGETS: Readonly<Record<string, Property>> = Object.fromEntries(
  ENTITIES.flatMap((entity) => FREE[entity].fields.map((field) => [`${entity}.${field}`, FREE[entity].of[field]])));

const LONGEST_NAME = 200;

/** What intake and this service know of a lead besides what its profile says. */
const DERIVED: Record<string, { property: Property; read: (lead: IntakeState) => unknown }> = {
  person_name: { property: { kind: 'text', max: LONGEST_NAME }, read: ({ profile }) => personName(profile) },
  contact_point: { property: { kind: 'text', max: LONGEST_NAME }, read: ({ profile: { email, phone, mobile } }) => (email || phone || mobile)?.slice(0, LONGEST_NAME) },
  company_domain: { property: { kind: 'text', max: 253 }, read: ({ facts }) => facts.company_domain?.toLowerCase() },
  lead_name: { property: { kind: 'text', max: 30 }, read: ({ lead_id }) => `Lead ${lead_id}` },
  source: { property: { kind: 'text', max: 80 }, read: ({ attribution }) => attribution.source },
  campaign: { property: { kind: 'text', max: 100 }, read: ({ attribution }) => attribution.campaign },
  channel: { property: { kind: 'text', max: 40 }, read: ({ attribution }) => attribution.channel },
};

const PROFILE = propertiesOf(LeadProfile);
const CUSTOM = 'custom_fields.';
const ANY: Property = { kind: 'any' };
const keyOf = (path: string, prefix: string): string | null => (path.startsWith(prefix) && path.length > prefix.length ? path.slice(prefix.length) : null);

/** What a field of a record can hold; undefined for one that can't be mapped. */
export function targetOf(to: string): Property | undefined {
  return Object.hasOwn(TARGETS, to) ? TARGETS[to] : customTarget(to);
}

const customTarget = (to: string): Property | undefined =>
  (ENTITIES.some((entity) => keyOf(to, `${entity}.${CUSTOM}`) !== null) ? ANY : undefined);

/** What a field of a lead can hold; undefined for one that no lead has. */
export function sourceOf(from: string): Property | undefined {
  if (Object.hasOwn(PROFILE, from)) return PROFILE[from];
  if (Object.hasOwn(DERIVED, from)) return DERIVED[from].property;
  return keyOf(from, CUSTOM) !== null ? ANY : undefined;
}

/** Where a target's value goes: the record, the field, and the key of a custom field. */
export function placeOf(to: string): { entity: Entity; field: string; key: string | null } {
  const entity = to.slice(0, to.indexOf('.')) as Entity;
  const path = to.slice(entity.length + 1);
  const key = keyOf(path, CUSTOM);
  return { entity, field: key === null ? path : 'custom_fields', key };
}

/** What the lead says; null where it says nothing. */
export function readSource(lead: IntakeState, from: string): unknown {
  if (Object.hasOwn(DERIVED, from)) return presence(DERIVED[from].read(lead));
  const key = keyOf(from, CUSTOM);
  return presence(key === null ? (lead.profile as Record<string, unknown>)[from] : lead.profile.custom_fields?.[key]);
}

/** Blank text, and a list or a document without content, say nothing. */
export function presence(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() || null;
  if (Array.isArray(value)) return value.length > 0 ? value : null;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0 ? value : null;
  return value ?? null;
}

export function personName({ full_name, first_name, last_name }: Pick<LeadProfile, 'full_name' | 'first_name' | 'last_name'>): string | null {
  const parts = [first_name, last_name].map((part) => part?.trim()).filter(Boolean);
  return (full_name?.trim() || parts.join(' ')).slice(0, LONGEST_NAME) || null;
}
