import type { INDUSTRIES, LeadProfile } from '@headwater/contracts';
import { readLeadFields } from '@headwater/inlets';

/** Something that a provider says. Its field is one of a lead, which it may fill, or a name of its own, which is only shown. */
export interface Fact {
  field: string;
  value: string | number | boolean;
  /** 0 to 1 */
  confidence: number;
}

/**
 * The fields of a lead that a provider may fill. What identifies a person (name, e-mail, phone) is none of them, nor what only the
 * person can say (consent, opt-outs).
 */
export const FILLABLE = [
  'company_name', 'job_title', 'industry', 'annual_revenue', 'employees', 'website', 'description', 'street', 'city', 'state', 'postal_code', 'country',
] as const satisfies readonly (keyof LeadProfile)[];
export const ADDRESS: ReadonlySet<string> = new Set(['street', 'city', 'state', 'postal_code', 'country']);
export const CUSTOM = 'custom_fields.';

const LONGEST_CUSTOM_KEY = 100;
const LONGEST_TEXT = 2_000;
const LONGEST_SHORT = 60;

export const isFillable = (field: string): boolean => (FILLABLE as readonly string[]).includes(field) || isCustomField(field);
export const isCustomField = (field: string): boolean =>
  field.startsWith(CUSTOM) && field.length > CUSTOM.length && field.length <= CUSTOM.length + LONGEST_CUSTOM_KEY;

/** What a provider says of a field of a lead, in the form and within the limits of that field; null when it says nothing there. */
export function readFact(field: string, given: unknown): Fact['value'] | null {
  if (!isFillable(field) || given === null || given === undefined || typeof given === 'object') return null;
  const said = typeof given === 'string' ? clean(given, SHORT.has(field) ? LONGEST_SHORT : LONGEST_TEXT) : given;
  const { lead } = readLeadFields({ [field]: field === 'website' ? webAddress(String(said)) : said });
  const value = isCustomField(field) ? Object.values(lead.custom_fields ?? {})[0] : lead[field as keyof LeadProfile];
  return (value as Fact['value'] | undefined) ?? null;
}

/** What is short by nature: of a longer text only the beginning is looked at. */
const SHORT = new Set(['annual_revenue', 'employees', 'country']);

/** One line, without what can't be stored; cut where it is too long. */
export const clean = (given: string, max: number): string =>
  given.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim().slice(0, max).replace(/\p{Cs}$/u, '').trim();

function webAddress(written: string): string | null {
  const address = /^https?:\/\//i.test(written) ? written : `https://${written}`;
  if (!URL.canParse(address) || address.length > 500) return null;
  const { hostname, username, password } = new URL(address);
  return hostname.includes('.') && !username && !password ? address : null;
}

/** Kinds of organisation of schema.org, and endings of them, that tell the industry. */
const INDUSTRY_OF_KIND: readonly [RegExp, (typeof INDUSTRIES)[number]][] = [
  [/^(EducationalOrganization|CollegeOrUniversity|.*School|Preschool)$/, 'education'],
  [/^(Medical.*|Hospital|Dentist|Physician|Pharmacy|Optician|VeterinaryCare|DiagnosticLab)$/, 'healthcare'],
  [/^Government.*$/, 'government'], [/^(NGO|FundingAgency)$/, 'non_profit'], [/^RealEstateAgent$/, 'real_estate'],
  [/^(FinancialService|BankOrCreditUnion|InsuranceAgency|AccountingService)$/, 'finance'],
  [/^(Hotel|LodgingBusiness|Restaurant|FoodEstablishment|Resort|CafeOrCoffeeShop)$/, 'hospitality'],
  [/^(NewsMediaOrganization|RadioStation|TelevisionStation)$/, 'media'], [/^(.*Store|OnlineStore)$/, 'retail'],
];

export const industryOfKind = (kinds: readonly string[]): string | null =>
  INDUSTRY_OF_KIND.find(([pattern]) => kinds.some((kind) => pattern.test(kind)))?.[1] ?? null;
