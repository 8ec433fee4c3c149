import { least, type Candidate, type RoutingStrategy } from './strategy';

/**
 * Turns by weight: next is who is furthest behind its share, by (turns + 1/2) / weight: the divisor method of Webster and Sainte-Laguë. In as
 * many picks as the weights sum to, each gets exactly its weight, spread out. Two who are there throughout never differ by more than one
 * pick from what their weights say of each other, whoever comes and goes beside them: that is why it isn't smooth weighted round robin,
 * in which a pick costs more the more are there. Who isn't there lets turns pass, so that nobody comes back to a flood.
 */
export const weighted: RoutingStrategy = {
  name: 'weighted',
  pick({ eligible, excluded }) {
    const total = eligible.reduce((sum, { weight }) => sum + weight, 0);
    const next = least(eligible, (one) => [farness(one), one.weight]);
    const turn = next.counters.turn + 1;
    const behind = Math.min(...eligible.map((one) => farness(one.repId === next.repId ? { ...one, counters: { ...one.counters, turn } } : one)));
    const passed = excluded.filter((one) => farness(one) < behind).map(({ repId, weight }) => [repId, { turn: Math.ceil(behind * weight - HALF) }] as const);
    return { repId: next.repId, because: `furthest behind its share of ${next.weight} in ${total}`, counters: new Map([[next.repId, { turn }], ...passed]) };
  },
};

const HALF = 1 / 2;
const farness = ({ weight, counters: { turn } }: Pick<Candidate, 'weight' | 'counters'>): number => (turn + HALF) / weight;
