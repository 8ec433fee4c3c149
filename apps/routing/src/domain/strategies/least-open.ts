import { least, type RoutingStrategy } from './strategy';

/** Who has the fewest open leads; of equals, who got the fewest from this pool. */
export const leastOpen: RoutingStrategy = {
  name: 'least_open',
  pick({ eligible }) {
    const next = least(eligible, ({ openLeads, counters }) => [openLeads, counters.picks]);
    return { repId: next.repId, because: `fewest open leads (${next.openLeads})` };
  },
};
