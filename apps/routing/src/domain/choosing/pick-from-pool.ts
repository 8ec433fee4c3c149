import type { Facts } from '@headwater/rules';
import type { Counters, PoolOptions, RoutingStrategy } from '../strategies';
import type { Terms } from './eligibility';
import { PoolInTurn, type Member, type Picked, type PoolAnswer } from './pool-in-turn';

export type { LookedAt, Member } from './pool-in-turn';

/** What is asked of a pool for one lead. */
export interface PoolQuestion {
  readonly strategy: RoutingStrategy;
  readonly lead: Facts;
  readonly members: readonly Member[];
  readonly options?: PoolOptions;
  readonly terms?: Terms;
}

export interface Pick extends Picked {
  /** the counters of the whole pool after the pick, by rep */
  readonly counters: ReadonlyMap<number, Counters>;
}

/** Lets a pool answer for one lead alone. */
export function pickFromPool({ strategy, lead, members, options, terms }: PoolQuestion): Omit<PoolAnswer, 'pick'> & { pick: Pick | null } {
  const pool = new PoolInTurn(strategy, members, options);
  const { pick, ...answer } = pool.ask(lead, terms);
  const changes = new Map(pool.changes().map(({ rep_id, ...counters }) => [rep_id, counters]));
  return { ...answer, pick: pick && { ...pick, counters: new Map(members.map(({ rep, counters }) => [rep.id, changes.get(rep.id) ?? counters])) } };
}
