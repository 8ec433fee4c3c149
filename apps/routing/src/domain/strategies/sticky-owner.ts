import { ownedAccount } from '../owned-account';
import type { RoutingStrategy } from './strategy';

/**
 * Who has the lead's account already, as one of a pool: for rules that ask for them by name. Before all rules the owner of the
 * account goes anyway (`../choosing/account-owner.ts`), unless they are away; here they have to be under their caps, too.
 */
export const stickyOwner: RoutingStrategy = {
  name: 'sticky_owner',
  unsuited({ repId }, { lead }) {
    const account = ownedAccount(lead);
    if (!account) return 'nobody owns the account of the lead';
    return account.owner_id === repId ? null : `does not own account ${account.account_id}`;
  },
  pick: ({ lead, eligible: [owner] }) => ({ repId: owner.repId, because: `owns account ${ownedAccount(lead)?.account_id}` }),
};
