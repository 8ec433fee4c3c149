import type { Facts } from '@headwater/rules';
import type { Match } from './match-rules';
import { withLeads, type Rep, type Terms } from './eligibility';
import { pickFromPool, type LookedAt, type Member } from './pick-from-pool';
import { strategies, type Counters, type PoolOptions } from './strategies';

export interface Pool {
  readonly id: number;
  readonly name: string;
  readonly strategy: string;
  readonly options?: PoolOptions;
  /** in the order of the document */
  readonly members: readonly Member[];
}

/** A lead that waits for an owner, and where the rules send it. */
export interface Waiting {
  readonly facts: Facts;
  readonly match: Match;
  /** who may not get this one, whatever their state */
  readonly barred?: Terms['barred'];
}

/** Who got a lead, and everything that led to it. */
export interface Allocation {
  readonly match: Match;
  readonly because: string;
  /** the pool that it was picked from; null when nobody was */
  readonly pool: string | null;
  readonly strategy: string | null;
  readonly candidates: readonly LookedAt[];
  readonly picked: Rep | null;
}

export interface MovedCounters extends Counters {
  readonly pool_id: number;
  readonly rep_id: number;
}

/**
 * Gives leads of one tenant to reps, one after the other in the order given, so that each sees what the former one moved.
 * @returns an allocation per lead, in the same order, and the counters that are no longer what they were
 */
export function allocate(waiting: readonly Waiting[], pools: readonly Pool[]): { allocations: Allocation[]; moved: MovedCounters[] } {
  const byName = new Map(pools.map((pool) => [pool.name, pool]));
  const gained = new Map<number, number>();
  const allocations = waiting.map((lead) => {
    const { allocation, pool } = allocateOne(lead, byName, gained);
    if (pool) byName.set(pool.name, pool);
    if (allocation.picked) gained.set(allocation.picked.id, (gained.get(allocation.picked.id) ?? 0) + 1);
    return allocation;
  });
  return { allocations, moved: pools.flatMap((pool) => movedSince(pool, byName.get(pool.name) ?? pool)) };
}

function allocateOne(
  { facts, match, barred }: Waiting, pools: ReadonlyMap<string, Pool>, gained: ReadonlyMap<number, number>,
): { allocation: Allocation; pool: Pool | null } {
  const candidates: LookedAt[] = [];
  const emptyHanded: string[] = [];
  for (const name of match.pools) {
    const pool = pools.get(name);
    const strategy = pool && strategies.get(pool.strategy);
    if (!pool || !strategy) continue; // a setup whose names point nowhere is refused when it is put
    const members = pool.members.map((member) => withGained(member, gained));
    const { pick, lookedAt } = pickFromPool({ strategy, lead: facts, members, options: pool.options, terms: { barred } });
    candidates.push(...lookedAt);
    if (!pick) {
      emptyHanded.push(name);
      continue;
    }
    const before = emptyHanded.map((empty) => ` → pool ${empty}: nobody available`).join('');
    const because = `${match.why}${before} → pool ${name}, ${strategy.name.replaceAll('_', ' ')}: ${pick.because}`;
    const allocation = { match, because, pool: name, strategy: strategy.name, candidates, picked: pick.rep };
    return { allocation, pool: { ...pool, members: pool.members.map((member) => withCounters(member, pick.counters)) } };
  }
  const nobody = match.pools.length > 0 ? ` → nobody available in ${match.pools.map((name) => `pool ${name}`).join(' and ')}` : '';
  const because = `${match.why}${nobody}${match.queue === null ? '' : ` → queue ${match.queue}`}`;
  return { allocation: { match, because, pool: null, strategy: null, candidates, picked: null }, pool: null };
}

const withGained = (member: Member, gained: ReadonlyMap<number, number>): Member =>
  ({ ...member, rep: withLeads(member.rep, gained.get(member.rep.id) ?? 0) });

const withCounters = ({ rep, counters, left }: Member, after: ReadonlyMap<number, Counters>): Member =>
  ({ rep, counters: after.get(rep.id) ?? counters, left });

function movedSince(before: Pool, after: Pool): MovedCounters[] {
  if (after === before) return [];
  return after.members.flatMap(({ rep, counters }, i) => {
    const { counters: was, fresh } = before.members[i];
    const same = !fresh && was.picks === counters.picks && was.turn === counters.turn && was.current_weight === counters.current_weight;
    return same ? [] : [{ pool_id: after.id, rep_id: rep.id, ...counters }];
  });
}
