import { least, type Candidate, type RoutingStrategy } from './strategy';

/**
 * To each by their room: who has the smallest part of their cap on open leads taken is next. Who has no cap counts as if they
 * had the largest of those who can be picked; where nobody has one, it is the number of open leads that decides.
 */
export const capacityShare: RoutingStrategy = {
  name: 'capacity_share',
  pick({ eligible }) {
    const largest = Math.max(1, ...eligible.map(({ maxOpenLeads }) => maxOpenLeads ?? 0));
    const capOf = ({ maxOpenLeads }: Candidate) => maxOpenLeads ?? largest;
    const next = least(eligible, (candidate) => [candidate.openLeads / capOf(candidate), candidate.counters.picks]);
    return { repId: next.repId, because: `most room (${next.openLeads} of ${next.maxOpenLeads ?? 'any number of'} open leads)` };
  },
};
