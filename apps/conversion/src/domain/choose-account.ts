import type { Account, Warning } from '@headwater/contracts';

/** The account to link; none means a new one. */
export interface AccountChoice {
  account: Account | null;
  warnings: Warning[];
}

/**
 * Exactly one account of the same domain is linked without asking, or else exactly one of the same name and country.
 * @param found companies that share the lead's domain or its name and country
 */
export function chooseAccount(found: (Account & { same_domain: boolean })[]): AccountChoice {
  const sameDomain = found.filter(({ same_domain }) => same_domain);
  const hits = sameDomain.length > 0 ? sameDomain : found;
  if (hits.length <= 1) return { account: hits.map(withoutMark)[0] ?? null, warnings: [] };
  return {
    account: null,
    warnings: [{
      code: 'account_ambiguous',
      detail: `${hits.length} accounts could be this company, so a new one was created`,
      candidates: hits.map(({ id, name, domain }) => ({ account_id: id, name, domain: domain ?? null })),
    }],
  };
}

function withoutMark(found: Account & { same_domain?: boolean }): Account {
  const account = { ...found };
  delete account.same_domain;
  return account;
}
