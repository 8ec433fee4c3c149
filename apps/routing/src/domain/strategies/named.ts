import type { RoutingStrategy } from './strategy';

/** One person and those who stand in: the first of the pool who is available. */
export const named: RoutingStrategy = {
  name: 'named',
  pick({ eligible }) {
    return { repId: eligible[0].repId, because: 'first of those named who is available' };
  },
};
