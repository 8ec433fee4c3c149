import type { KnownAccount } from '@headwater/contracts';
import type { Facts } from '@headwater/rules';

/** The account, and of it perhaps the contact, that a lead belongs to, when somebody owns it. */
export function ownedAccount(facts: Facts): { account_id: number; owner_id: number; contact_id: number | null } | null {
  const { account_id, owner_id, contact_id } = (facts.account ?? {}) as Partial<KnownAccount>;
  return account_id && owner_id ? { account_id, owner_id, contact_id: contact_id ?? null } : null;
}
