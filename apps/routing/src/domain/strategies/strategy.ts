import type { Facts } from '@headwater/rules';

/** What rotation remembers of a member of a pool. */
export interface Counters {
  /** leads that it got from this pool */
  readonly picks: number;
  /** turns that it took or, while it was not available, let pass */
  readonly turn: number;
  /** of the smooth weighted round robin of before; moved by no strategy any more */
  readonly current_weight: number;
}

/** A member of a pool as a strategy sees it. */
export interface Candidate {
  readonly repId: number;
  readonly name: string;
  readonly teamId: number | null;
  /** 1-1000 */
  readonly weight: number;
  readonly openLeads: number;
  /** null: no limit */
  readonly maxOpenLeads: number | null;
  /** in lower case */
  readonly skills: readonly string[];
  /** ISO 639-1 */
  readonly languages: readonly string[];
  readonly counters: Counters;
}

/** A size of companies: those that have at least so many employees, or so much revenue, and fall under no larger tier. */
export interface Tier {
  /** a skill of the reps who are for it */
  readonly name: string;
  readonly min_employees?: number | null;
  /** in the currency that leads come in */
  readonly min_revenue?: number | null;
}

/** What a pool's document says to its strategy. */
export interface PoolOptions {
  /** of `specialist`: the facts of a lead that name a skill */
  readonly fields?: readonly string[] | null;
  /** of `company_size`: from the smallest to the largest */
  readonly tiers?: readonly Tier[] | null;
}

/** The lead, and what its pool says. Of its facts `territory` is where it belongs: see `../territories`. */
export interface Matter {
  readonly lead: Facts;
  readonly options: PoolOptions;
}

export interface Question extends Matter {
  /** who may be picked, at least one, in the order of the pool's document */
  readonly eligible: readonly Candidate[];
  /** those who suit the lead and are not available: nobody of them may be picked, but a rotation may move on for them too */
  readonly excluded: readonly Candidate[];
}

export interface Choice {
  readonly repId: number;
  /** half a sentence, for people */
  readonly because: string;
  /** counters that change, by rep; `picks` counts by itself */
  readonly counters?: ReadonlyMap<number, Partial<Counters>>;
}

/** Picks who of a pool gets a lead: pure, so that the same question has the same answer. */
export interface RoutingStrategy {
  /** as in the setup document, lower_snake_case */
  readonly name: string;
  /** why a member is not for such a lead, in a few words; null when it is. Absent: everybody is for every lead. */
  unsuited?(candidate: Candidate, matter: Matter): string | null;
  pick(question: Question): Choice;
}

/** The candidate with the least (then the next) of what is measured; of equals the first in the pool. */
export function least(candidates: readonly Candidate[], measure: (candidate: Candidate) => readonly number[]): Candidate {
  return candidates.reduce((best, candidate) => (isLess(measure(candidate), measure(best)) ? candidate : best));
}

/**
 * The next in turn: who took the fewest turns. Two who are both there throughout, and suit the same leads, never differ by more
 * than one. Who isn't there lets turns pass, so that nobody comes back to a flood.
 */
export function nextInTurn({ eligible, excluded }: Pick<Question, 'eligible' | 'excluded'>): Required<Omit<Choice, 'because'>> {
  const next = least(eligible, ({ counters }) => [counters.turn]);
  const turn = next.counters.turn + 1;
  const behind = Math.min(...eligible.map(({ repId, counters }) => (repId === next.repId ? turn : counters.turn)));
  const passed = excluded.filter(({ counters }) => counters.turn < behind).map(({ repId }) => [repId, { turn: behind }] as const);
  return { repId: next.repId, counters: new Map([[next.repId, { turn }], ...passed]) };
}

function isLess(left: readonly number[], right: readonly number[]): boolean {
  const i = left.findIndex((value, index) => value !== right[index]);
  return i >= 0 && left[i] < right[i];
}
