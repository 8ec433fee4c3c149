import type { Account, Contact, Customer, IntakeState, LeadProfile } from '@headwater/contracts';
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

export interface NewAccount extends Complete<Omit<Account, 'id' | 'created_at' | 'updated_at' | 'tags' | 'custom_fields' | 'filled_by'>> {
  name_normalised: string | null;
}

export interface NewContact extends Complete<
  Omit<Contact, 'id' | 'account_id' | 'is_primary' | 'roles' | 'created_at' | 'updated_at' | 'tags' | 'custom_fields' | 'filled_by'>> {
  email_normalised: string | null;
  phone_digits: string | null;
  mobile_digits: string | null;
}

export const companyKeys = ({ profile, facts }: Pick<IntakeState, 'profile' | 'facts'>): CompanyKeys => ({
  domain: facts.company_domain?.toLowerCase() || null,
  name: normaliseCompanyName(profile.company_name),
  country: profile.country?.toUpperCase() ?? null,
});

/** The account that a lead's company becomes; without a company it bears the person's name. */
export function newAccount(lead: IntakeState, ownerId: number | null): NewAccount {
  const { profile } = lead;
  const company = profile.company_name?.trim() || null;
  const { domain, name, country } = companyKeys(lead);
  return {
    kind: company ? 'company' : 'person',
    name: company ?? personName(profile) ?? profile.email ?? profile.phone ?? profile.mobile ?? `Lead ${lead.lead_id}`,
    name_normalised: company ? name : null,
    // A person's account would otherwise be taken for the company by the next lead of that domain.
    domain: company ? domain : null,
    website: profile.website ?? null,
    industry: profile.industry ?? null,
    employees: profile.employees ?? null,
    annual_revenue: profile.annual_revenue ?? null,
    street: profile.street ?? null,
    city: profile.city ?? null,
    state: profile.state ?? null,
    postal_code: profile.postal_code ?? null,
    country,
    owner_id: ownerId,
    lead_id: lead.lead_id,
  };
}

/** The contact that a lead's person becomes. E-mail and phones are carried as they are, valid or not. */
export function newContact({ lead_id, profile }: IntakeState): NewContact {
  return {
    salutation: profile.salutation ?? null,
    first_name: profile.first_name ?? null,
    last_name: profile.last_name ?? null,
    full_name: personName(profile),
    job_title: profile.job_title ?? null,
    email: profile.email ?? null,
    email_normalised: normaliseEmail(profile.email),
    phone: profile.phone ?? null,
    phone_digits: phoneDigits(profile.phone),
    mobile: profile.mobile ?? null,
    mobile_digits: phoneDigits(profile.mobile),
    email_opt_out: profile.email_opt_out ?? false,
    do_not_call: profile.do_not_call ?? false,
    consent: profile.consent ?? null,
    lead_id,
  };
}

/** An organization only where a company is named and no person. */
export const customerType = (profile: LeadProfile): Customer['type'] =>
  profile.company_name?.trim() && !personName(profile) ? 'organization' : 'individual';

function personName({ full_name, first_name, last_name }: LeadProfile): string | null {
  const parts = [first_name, last_name].map((part) => part?.trim()).filter(Boolean);
  return full_name?.trim() || parts.join(' ') || null;
}
