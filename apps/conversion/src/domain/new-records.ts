import type { Account, Contact, Customer, IntakeState, RecordOverrides } from '@headwater/contracts';
import { personName } from './mapping/fields';
import type { Values } from './mapping/map-lead';
import { normaliseCompanyName, normaliseEmail, phoneDigits } from './match-keys';

/** How a lead's company is looked for. */
export interface CompanyKeys {
  /** registrable, never one of free mail */
  domain: string | null;
  name: string | null;
  /** ISO 3166-1 alpha-2 */
  country: string | null;
}

type Complete<T> = { [K in keyof T]-?: T[K] };

export interface NewAccount extends Complete<Omit<Account, 'id' | 'created_at' | 'updated_at' | 'filled_by'>> {
  name_normalised: string | null;
}

export interface NewContact extends Complete<
  Omit<Contact, 'id' | 'account_id' | 'is_primary' | 'roles' | 'created_at' | 'updated_at' | 'filled_by'>> {
  email_normalised: string | null;
  phone_digits: string | null;
  mobile_digits: string | null;
}

/** @param values of the account, as they are mapped; it bears a person's name where it is none of a company */
export const companyKeys = (values: Values, isCompany: boolean): CompanyKeys => ({
  domain: text(values.domain)?.toLowerCase() ?? null,
  name: isCompany ? normaliseCompanyName(text(values.name)) : null,
  country: text(values.country)?.toUpperCase() ?? null,
});

/** Whether the lead, or who converts it, names a company. */
export const namesCompany = ({ profile }: Pick<IntakeState, 'profile'>, overrides: RecordOverrides = {}): boolean =>
  Boolean(overrides.account?.name?.trim() ?? profile.company_name?.trim());

/** The account that a lead's company becomes; without a company it bears the person's name. */
export function newAccount(values: Values, keys: CompanyKeys, { lead_id, ownerId, isCompany }: { lead_id: number; ownerId: number | null; isCompany: boolean }): NewAccount {
  return {
    kind: isCompany ? 'company' : 'person',
    name: text(values.name) ?? `Lead ${lead_id}`,
    name_normalised: keys.name,
    // A person's account would otherwise be taken for the company by the next lead of that domain.
    domain: isCompany ? keys.domain : null,
    website: text(values.website),
    industry: text(values.industry),
    employees: number(values.employees),
    annual_revenue: number(values.annual_revenue),
    street: text(values.street),
    city: text(values.city),
    state: text(values.state),
    postal_code: text(values.postal_code),
    country: keys.country,
    ...carried(values),
    owner_id: ownerId,
    lead_id,
  };
}

/** The contact that a lead's person becomes. E-mail and phones are carried as they are, valid or not. */
export function newContact(values: Values, lead_id: number): NewContact {
  const email = text(values.email);
  const [phone, mobile] = [text(values.phone), text(values.mobile)];
  const names = { full_name: text(values.full_name), first_name: text(values.first_name), last_name: text(values.last_name) };
  return {
    salutation: text(values.salutation),
    ...names,
    full_name: personName(names),
    job_title: text(values.job_title),
    email,
    email_normalised: normaliseEmail(email),
    phone,
    phone_digits: phoneDigits(phone),
    mobile,
    mobile_digits: phoneDigits(mobile),
    email_opt_out: values.email_opt_out === true,
    do_not_call: values.do_not_call === true,
    consent: values.consent as object | null ?? null,
    ...carried(values),
    lead_id,
  };
}

export const carried = ({ tags, custom_fields }: Values): { tags: string[] | null; custom_fields: Record<string, unknown> | null } =>
  ({ tags: tags as string[] ?? null, custom_fields: custom_fields as Record<string, unknown> ?? null });

/** An organization only where a company is named and no person. */
export const customerType = (contact: Pick<NewContact, 'full_name'>, isCompany: boolean): Customer['type'] =>
  (isCompany && contact.full_name === null ? 'organization' : 'individual');

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
