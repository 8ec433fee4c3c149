import type { Warning } from '@headwater/contracts';

/** A company that shares the lead's domain, or its name and country. */
export interface FoundCompany { id: number; name: string; domain: string | null; same_domain: boolean }

/**
 * Exactly one account of the same domain is linked without asking, or else exactly one of the same name and country.
 * @returns null for a new one
 */
export function chooseAccount(found: FoundCompany[]): { accountId: number | null; warnings: Warning[] } {
  const sameDomain = found.filter(({ same_domain }) => same_domain);
  const hits = sameDomain.length > 0 ? sameDomain : found;
  if (hits.length <= 1) return { accountId: hits[0]?.id ?? null, warnings: [] };
  return {
    accountId: null,
    warnings: [{
      code: 'account_ambiguous',
      detail: `${hits.length} accounts could be this company, so a new one was created`,
      candidates: hits.map(({ id, name, domain }) => ({ account_id: id, name, domain: domain ?? null })),
    }],
  };
}
