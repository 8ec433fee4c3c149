import type { Facts } from '@headwater/rules';
import { strategies, type Counters, type PoolOptions } from '../strategies';
import type { Rep, Terms } from './eligibility';
import type { Match } from './match-rules';
import { PoolInTurn, type LookedAt, type Member } from './pool-in-turn';

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
  /** until when it may wait for somebody of a pool who will be at work again, RFC 3339, by pool; absent where it may not */
  readonly patience?: ReadonlyMap<string, string>;
}

/**
 * How somebody came to a lead. Only `rotation` is bound by the law of fairness: `capped` are turns in which somebody was left out
 * because of how much they have, and the others follow from the lead.
 */
const PICK_KINDS = ['rotation', 'capped', 'load', 'matched', 'named', 'sticky', 'manual', 'claimed'] as const;
export type PickKind = (typeof PICK_KINDS)[number];

/** Who got a lead, and everything that led to it. */
export interface Allocation {
  readonly match: Match;
  readonly because: string;
  /** the pool that it was picked from, or that it waits for; null when it is neither */
  readonly pool: string | null;
  readonly strategy: string | null;
  readonly candidates: readonly LookedAt[];
  /** how many more were looked at, by what was found; absent where all stand in `candidates` */
  readonly leftOut?: Readonly<Record<string, number>>;
  readonly picked: Rep | null;
  readonly kind: PickKind | null;
  /** when somebody of the pool is at work again, RFC 3339; null when the lead doesn't wait for that */
  readonly waitsUntil?: string | null;
}

export interface MovedCounters extends Counters {
  readonly pool_id: number;
  readonly rep_id: number;
}

/** Pools while the leads of a batch are given away, and what everybody got so far. */
class Batch {
  private readonly turns = new Map<string, PoolInTurn>();
  private readonly gained = new Map<number, number>();
  private readonly byName: ReadonlyMap<string, Pool>;

  constructor(private readonly pools: readonly Pool[]) {
    this.byName = new Map(pools.map((pool) => [pool.name, pool]));
  }

  /** Undefined for a name that points nowhere: a setup with one is refused when it is put. */
  pool(name: string): PoolInTurn | undefined {
    const known = this.turns.get(name);
    if (known) return known;
    const pool = this.byName.get(name);
    const strategy = pool && strategies.get(pool.strategy);
    if (!pool || !strategy) return undefined;
    const turn = new PoolInTurn(strategy, pool.members, pool.options, this.gained);
    this.turns.set(name, turn);
    return turn;
  }

  gains(repId: number): void {
    const gained = (this.gained.get(repId) ?? 0) + 1;
    this.gained.set(repId, gained);
    for (const pool of this.turns.values()) pool.gains(repId, gained);
  }

  moved(): MovedCounters[] {
    return this.pools.flatMap(({ id, name }) => (this.turns.get(name)?.changes() ?? []).map(({ rep_id, ...counters }) => ({ pool_id: id, rep_id, ...counters })));
  }
}

/**
 * Gives leads of one tenant to reps, one after the other in the order given, so that each sees what the former one moved.
 * @returns an allocation per lead, in the same order, and the counters that are no longer what they were
 */
export function allocate(waiting: readonly Waiting[], pools: readonly Pool[]): { allocations: Allocation[]; moved: MovedCounters[] } {
  const batch = new Batch(pools);
  const allocations = waiting.map((lead) => {
    const allocation = allocateOne(lead, batch);
    if (allocation.picked) batch.gains(allocation.picked.id);
    return allocation;
  });
  return { allocations, moved: batch.moved() };
}

function allocateOne({ facts, match, barred, patience }: Waiting, batch: Batch): Allocation {
  const candidates: LookedAt[] = [];
  let leftOut: Record<string, number> = {};
  let because = match.why;
  for (const name of match.pools) {
    const pool = batch.pool(name);
    if (!pool) continue;
    const isCapped = pool.hasCapped();
    const answer = pool.ask(facts, { barred });
    candidates.push(...answer.lookedAt);
    leftOut = addUp(leftOut, answer.leftOut);
    const looked = { match, candidates, ...(Object.keys(leftOut).length > 0 ? { leftOut } : {}) };
    if (answer.pick) {
      const { name: strategy } = pool.strategy;
      because = `${because} → pool ${name}, ${strategy.replaceAll('_', ' ')}: ${answer.pick.because}`;
      return { ...looked, because, pool: name, strategy, picked: answer.pick.rep, kind: kindOf(strategy, isCapped) };
    }
    const until = patience?.get(name);
    if (answer.opensAt !== null && until !== undefined && Date.parse(answer.opensAt) <= Date.parse(until)) {
      because = `${because} → pool ${name}: nobody available before ${answer.opensAt}, and waited for`;
      return { ...looked, because, pool: name, strategy: null, picked: null, kind: null, waitsUntil: answer.opensAt };
    }
    because = `${because} → pool ${name}: nobody available`;
  }
  if (match.pools.length > 0) because = `${match.why} → nobody available in ${match.pools.map((name) => `pool ${name}`).join(' and ')}`;
  return {
    match, because: `${because}${match.queue === null ? '' : ` → queue ${match.queue}`}`, pool: null, strategy: null, candidates, picked: null, kind: null,
    ...(Object.keys(leftOut).length > 0 ? { leftOut } : {}),
  };
}

const TURNS = ['round_robin', 'weighted'];
const LOADS = ['least_open', 'capacity_share'];

function kindOf(strategy: string, isCapped: boolean): PickKind {
  if (TURNS.includes(strategy)) return isCapped ? 'capped' : 'rotation';
  if (LOADS.includes(strategy)) return 'load';
  if (strategy === 'named') return 'named';
  return strategy === 'sticky_owner' ? 'sticky' : 'matched';
}

function addUp(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Record<string, number> {
  const sum = { ...one };
  for (const [what, count] of Object.entries(other)) sum[what] = (sum[what] ?? 0) + count;
  return sum;
}
