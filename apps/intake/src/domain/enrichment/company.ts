import { getDomain } from 'tldts';
import type { CompanyProblem, CompanyRow, LeadProfile } from '@headwater/contracts';
import { readLeadFields } from '@headwater/inlets';
import { KINDS } from '@headwater/matching';
import { FILLABLE, readFact, type Fact } from './lead-fields';

/** A row of the company table. */
export interface Company {
  /** registrable */
  domain: string | null;
  /** the name without what doesn't tell companies apart: `techcorp` of "TechCorp, Inc." */
  nameKey: string | null;
  fields: Record<string, Fact['value']>;
}

export const nameKeyOf = (name: string | null | undefined): string | null => (name ? KINDS.company.normalise(name) : null);

const DOMAIN = /^(https?:\/\/)?[^\s/]+\.[^\s/]+/i;

/** Reads a row, whose columns may be called as leads' fields are called anywhere. @returns what keeps it from being used, if something does */
export function readCompany(row: CompanyRow): Company | Omit<CompanyProblem, 'line'> {
  const { lead } = readLeadFields(row);
  const given = String(row.domain ?? lead.website ?? '').trim();
  const domain = DOMAIN.test(given) ? getDomain(given) : null;
  const nameKey = nameKeyOf(lead.company_name);
  if (!domain && !nameKey) return { code: 'no_key', detail: 'A row needs a domain or a company_name by which it is found' };
  const values: [string, unknown][] = [
    ...FILLABLE.map((field): [string, unknown] => [field, lead[field as keyof LeadProfile]]),
    ...Object.entries(lead.custom_fields ?? {}).map(([key, value]): [string, unknown] => [`custom_fields.${key}`, value]),
  ];
  const fields = Object.fromEntries(values.flatMap(([field, value]) => {
    const fact = readFact(field, value);
    return fact === null ? [] : [[field, fact] as const];
  }));
  return { domain, nameKey, fields };
}
