import type { Allocation } from './allocate';
import type { Rep } from './eligibility';

/** Says in a decision that the lead's account decided, and no pool. */
export const BY_ACCOUNT = 'account_owner';

/** An account, or one of its contacts: who owns the customer goes before who owns the account. */
const nameOf = ({ account_id, contact_id }: { account_id: number; contact_id: number | null }): string =>
  (contact_id === null ? `account ${account_id}` : `contact ${contact_id} of account ${account_id}`);

/** Whether the owner of an account can be given its leads: also at the cap and after hours, but not while they are gone. */
export const isAtHand = ({ active, away }: Rep): boolean => active && away?.why !== 'leave';

/** Whoever owns the customer or account owns its leads, before any rule, also at the cap: a customer keeps the face that they know. */
export const ownersAllocation = (owned: { account_id: number; contact_id: number | null }, rep: Rep, version: number): Allocation => ({
  match: { version, rule: null, why: `${nameOf(owned)} has an owner`, pools: [], queue: null, priority: null, sla_policy: null },
  because: `${nameOf(owned)} is ${rep.name}'s`, pool: null, strategy: BY_ACCOUNT, picked: rep, kind: 'sticky',
  candidates: [{ rep_id: rep.id, name: rep.name, excluded: null, counters: { open_leads: rep.open_leads } }],
});
