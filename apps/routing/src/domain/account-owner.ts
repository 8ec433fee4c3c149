import type { Allocation } from './allocate';
import type { Rep } from './eligibility';

export { ownedAccount } from './owned-account';

/** Says in a decision that the lead's account decided, and no pool. */
export const BY_ACCOUNT = 'account_owner';

/** Whether the owner of an account can be given its leads: also at the cap and after hours, but not while they are gone. */
export const isAtHand = ({ active, away }: Rep): boolean => active && away?.why !== 'leave';

/** Whoever owns the account owns its leads, before any rule, also at the cap: a customer keeps the face that they know. */
export const ownersAllocation = (account_id: number, rep: Rep, version: number): Allocation => ({
  match: { version, rule: null, why: `account ${account_id} has an owner`, pools: [], queue: null, priority: null, sla_policy: null },
  because: `account ${account_id} is ${rep.name}'s`, pool: null, strategy: BY_ACCOUNT, picked: rep, kind: 'sticky',
  candidates: [{ rep_id: rep.id, name: rep.name, excluded: null, counters: { open_leads: rep.open_leads } }],
});
