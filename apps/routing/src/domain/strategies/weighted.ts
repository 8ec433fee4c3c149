import { least, type RoutingStrategy } from './strategy';

/**
 * Smooth weighted round robin, as in nginx (https://github.com/nginx/nginx/commit/52327e0627f49dbda1e8db695e63a4b0af4448b1):
 * each gains its weight, the one with the most is picked and pays the sum. In one turn (as many picks as the weights sum
 * to) each gets exactly its weight, evenly spread. Who is not eligible gains nothing.
 */
export const weighted: RoutingStrategy = {
  name: 'weighted',
  pick({ eligible }) {
    const total = eligible.reduce((sum, { weight }) => sum + weight, 0);
    const next = least(eligible, ({ weight, counters }) => [-(counters.current_weight + weight)]);
    const counters = new Map(eligible.map(({ repId, weight, counters: { current_weight } }) =>
      [repId, { current_weight: current_weight + weight - (repId === next.repId ? total : 0) }]));
    return { repId: next.repId, because: `furthest behind its share of ${next.weight} in ${total}`, counters };
  },
};
