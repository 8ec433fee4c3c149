import { getDomain } from 'tldts';
import { INDUSTRIES, type LeadFacts, type LeadProfile, type TenantSettings } from '@headwater/contracts';
import { readEmail } from './email';
import { completeName } from './person-name';
import { readPhone } from './phone';
import { pick } from './picklist';

/** What identifies a person in a submission or on a lead. */
export interface Identity {
  /** null without a valid address */
  email: string | null;
  /** a mailbox of one person: only these decide by themselves */
  personalEmail: boolean;
  phones: string[];
}

export interface ProfileReading {
  profile: LeadProfile;
  facts: LeadFacts;
  identity: Identity;
}

/**
 * Brings a profile as it was sent into the form that is kept, and says what was found out on the way. Nothing is refused
 * and nothing dropped: what can't be read stays as given. Empty texts count as absent. Applying it twice changes nothing.
 * @param phoneCountry ISO 3166-1 alpha-2, of phone numbers without a country where the profile names none either
 */
export function readProfile(sent: LeadProfile, tenant: TenantSettings, phoneCountry?: string): ProfileReading {
  const given = withoutEmptyTexts(sent);
  const country = given.country && countryCode(given.country);
  const email = readEmail(given.email);
  const phone = readPhone(given.phone, country ?? phoneCountry, given.phone_extension);
  const mobile = readPhone(given.mobile, country ?? phoneCountry);
  const industry = pick(given.industry, [...INDUSTRIES, ...tenant.picklists.industries]);
  return {
    profile: withoutUndefined({
      ...given,
      ...completeName(given),
      email: email.text ?? undefined,
      phone: phone.text ?? undefined,
      phone_extension: phone.extension ?? undefined,
      mobile: mobile.text ?? undefined,
      industry: industry.value ?? undefined,
      country,
      currency: given.currency ?? (given.estimated_value === undefined ? undefined : tenant.currency),
      tags: given.tags ? [...new Set(given.tags)] : undefined,
    }),
    facts: {
      email_valid: given.email ? email.valid : null,
      email_kind: email.kind,
      phone_valid: phone.valid,
      mobile_valid: mobile.valid,
      company_domain: companyDomain(given.website, email.kind === 'business' ? email.domain : null),
      industry_raw: industry.raw,
    },
    identity: {
      email: email.key,
      personalEmail: email.key !== null && email.kind !== 'role',
      phones: [...new Set([phone.key, mobile.key].filter((key) => key !== null))],
    },
  };
}

/** Codes that are in use beside those of ISO 3166-1. */
const ALSO_CALLED: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };
const countryCode = (given: string): string => ALSO_CALLED[given.toUpperCase()] ?? given.toUpperCase();

const companyDomain = (website: string | null | undefined, emailDomain: string | null): string | null =>
  (website && getDomain(website)) || (emailDomain && getDomain(emailDomain)) || null;

/** Null and blank are no values: a submission says nothing by them. */
const withoutEmptyTexts = (sent: LeadProfile): LeadProfile =>
  without(sent, (value) => value === null || value === undefined || (typeof value === 'string' && value.trim() === ''));

const withoutUndefined = <T extends object>(object: T): T => without(object, (value) => value === undefined || value === null);

/** A loop, because it runs for every lead: lists of entries made of objects and back take a twentieth of intake's time. */
function without<T extends object>(object: T, isNone: (value: unknown) => boolean): T {
  const kept = {} as T;
  for (const name of Object.keys(object) as (keyof T)[]) if (!isNone(object[name])) kept[name] = object[name];
  return kept;
}
