import { least, type RoutingStrategy } from './strategy';

/**
 * Everyone in turn: who took the fewest turns is next. Two members who were eligible throughout never differ by more than
 * one. Who wasn't lets turns pass, so that nobody comes back to a flood.
 */
export const roundRobin: RoutingStrategy = {
  name: 'round_robin',
  pick({ eligible, excluded }) {
    const next = least(eligible, ({ counters }) => [counters.turn]);
    const turn = next.counters.turn + 1;
    const behind = Math.min(...eligible.map(({ repId, counters }) => (repId === next.repId ? turn : counters.turn)));
    const passed = excluded.filter(({ counters }) => counters.turn < behind).map(({ repId }) => [repId, { turn: behind }] as const);
    return { repId: next.repId, because: 'next in turn', counters: new Map([[next.repId, { turn }], ...passed]) };
  },
};
