/** How well two values of a field agree. */
export interface Level {
  name: string;
  /** probability that two records of one person agree so */
  m: number;
  /** probability that records of two different persons do: what is typical, where `by` says that it depends on what they have in common */
  u: number;
  by?: 'value' | 'rarest word';
  /** nothing differs but how it is written */
  alike?: true;
  /** speaks of another person, however much else agrees */
  contrary?: true;
}

/** A kind of field: how its values are normalised and compared. */
export interface Kind {
  name: string;
  /** @returns null when there is nothing comparable in it; what is normalised stays as it is when it is again */
  normalise(raw: string): string | null;
  /** from the best agreement to none; the probabilities of each sum to one */
  levels: readonly Level[];
  /** @returns an index into `levels`, the same whichever comes first */
  compare(a: string, b: string): number;
  /** the share of the rarest value, for kinds whose values are about equally common: that nobody else has one yet says no more */
  rarest?: number;
  /** the words that both have; for kinds with a level that depends on the rarest of them */
  shared?(a: string, b: string): string[];
}
