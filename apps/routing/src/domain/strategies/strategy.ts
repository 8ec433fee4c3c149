import type { Facts } from '@headwater/rules';

/** What rotation remembers of a member of a pool. */
export interface Counters {
  /** leads that it got from this pool */
  readonly picks: number;
  /** turns that it took or, while it was not available, let pass */
  readonly turn: number;
  /** of smooth weighted round robin: how far it is behind its share */
  readonly current_weight: number;
}

/** A member of a pool as a strategy sees it. */
export interface Candidate {
  readonly repId: number;
  readonly name: string;
  /** 1-1000 */
  readonly weight: number;
  readonly openLeads: number;
  readonly counters: Counters;
}

export interface Question {
  readonly lead: Facts;
  /** who may be picked, at least one, in the order of the pool's document */
  readonly eligible: readonly Candidate[];
  /** the other members: nobody of them may be picked, but a rotation may move on for them too */
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
  /** null when nobody of the eligible suits this lead */
  pick(question: Question): Choice | null;
}

/** The candidate with the least (then the next) of what is measured; of equals the first in the pool. */
export function least(candidates: readonly Candidate[], measure: (candidate: Candidate) => readonly number[]): Candidate {
  return candidates.reduce((best, candidate) => (isLess(measure(candidate), measure(best)) ? candidate : best));
}

function isLess(left: readonly number[], right: readonly number[]): boolean {
  const i = left.findIndex((value, index) => value !== right[index]);
  return i >= 0 && left[i] < right[i];
}
