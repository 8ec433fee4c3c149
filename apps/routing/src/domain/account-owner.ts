import type { KnownAccount } from '@headwater/contracts';
import type { Facts } from '@headwater/rules';
import type { Allocation } from './allocate';
import type { Rep } from './eligibility';

/** Says in a decision that the lead's account decided, and no pool. */
export const BY_ACCOUNT = 'account_owner';

/** The account that a lead belongs to, when somebody owns it. */
export function ownedAccount(facts: Facts): { account_id: number; owner_id: number } | null {
  const { account_id, owner_id } = (facts.account ?? {}) as Partial<KnownAccount>;
  return account_id && owner_id ? { account_id, owner_id } : null;
}

/** Whoever owns the account owns its leads, before any rule, also at the cap: a customer keeps the face that they know. */
export const ownersAllocation = (account_id: number, rep: Rep, version: number): Allocation => ({
  match: { version, tried: [], why: `account ${account_id} has an owner`, pools: [], priority: null },
  because: `account ${account_id} is ${rep.name}'s`, pool: null, strategy: BY_ACCOUNT, picked: rep,
  candidates: [{ rep_id: rep.id, name: rep.name, excluded: null, counters: { open_leads: rep.open_leads } }],
});
