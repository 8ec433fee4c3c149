import { nameKeyOf } from '../../domain/enrichment/company';
import { CompanyTableSettings } from '../../domain/enrichment/setup-document';
import type { EnrichmentProvider } from './provider';

const SURE = 0.95;
/** Of two companies with one name it may be the other one. */
const BY_NAME_ALONE = 0.8;

type Asked = { domain: string | null; nameKey: string | null };

/** A table of companies that the tenant uploaded: found by domain, else by a name that only one of them has. */
export const companyTable: EnrichmentProvider<CompanyTableSettings, Asked> = {
  kind: 'company_table',
  settings: CompanyTableSettings,
  remembers: false,
  gives: () => null,
  question({ profile, facts }) {
    const asked = { domain: facts.company_domain ?? null, nameKey: nameKeyOf(profile.company_name) };
    return asked.domain || asked.nameKey ? asked : null;
  },
  async ask(asked, { confidence = SURE }, { company }) {
    const fields = await company(asked);
    const sure = asked.domain ? confidence : confidence * BY_NAME_ALONE;
    return Object.entries(fields ?? {}).map(([field, value]) => ({ field, value, confidence: sure }));
  },
};
