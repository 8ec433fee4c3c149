import { nextInTurn, type RoutingStrategy } from './strategy';

/** Everyone in turn. */
export const roundRobin: RoutingStrategy = {
  name: 'round_robin',
  pick: (question) => ({ ...nextInTurn(question), because: 'next in turn' }),
};
