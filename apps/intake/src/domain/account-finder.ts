import type { KnownAccount } from '@headwater/contracts';
import type { Submission } from './read-submission';

/** An account by which somebody may be known: its domain, or the e-mail of one of its contacts. */
export interface AccountKey {
  kind: 'domain' | 'email';
  value: string;
}

/** One that has such a key. */
export interface AccountHit extends AccountKey {
  tenant_id: string;
  account_id: number;
  /** null while its own event hasn't come */
  name: string | null;
  /** of the customer that the contact is, else of the account */
  owner_id: number | null;
  /** of an e-mail */
  contact_id?: number;
}

export interface FoundAccount {
  account: KnownAccount;
  /** a sentence, for people */
  because: string;
}

/** By what a submission's person may be known to an account. Free mail and the domain of a role's mailbox are no company's. */
export function accountKeysOf({ item: { tenant }, identity, facts }: Submission): (AccountKey & { tenant: string })[] {
  return [
    ...(identity.email && identity.personalEmail ? [{ tenant, kind: 'email', value: identity.email } as const] : []),
    ...(facts.company_domain ? [{ tenant, kind: 'domain', value: facts.company_domain } as const] : []),
  ];
}

/** Says to which account a new person belongs. */
export class AccountFinder {
  private readonly hits = new Map<string, AccountHit>();

  /** @param hits of all accounts that share a key with the submissions; of several with one key the oldest counts */
  constructor(hits: readonly AccountHit[]) {
    for (const hit of hits) {
      const name = nameOf(hit.tenant_id, hit);
      const known = this.hits.get(name);
      if (!known || hit.account_id < known.account_id) this.hits.set(name, hit);
    }
  }

  of(submission: Submission): FoundAccount | null {
    for (const key of accountKeysOf(submission)) {
      const hit = this.hits.get(nameOf(submission.item.tenant, key));
      if (hit) return { account: { account_id: hit.account_id, contact_id: hit.contact_id ?? null, owner_id: hit.owner_id }, because: because(hit) };
    }
    return null;
  }
}

const nameOf = (tenant: string, { kind, value }: AccountKey): string => `${tenant} ${kind} ${value}`;

function because({ kind, name, account_id, contact_id }: AccountHit): string {
  const account = name === null ? `account ${account_id}` : `account ${account_id} (${name})`;
  return kind === 'email' ? `same e-mail as contact ${contact_id} of ${account}` : `a new person at the domain of ${account}`;
}
