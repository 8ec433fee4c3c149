import type { DecisionView } from '@headwater/contracts';

type Candidate = DecisionView['candidates'][number];
type Column = number | readonly (number | null)[];

/**
 * Those who were looked at for a decision, column by column: every routing writes one, with up to 25 people in it, and what is the same of all
 * stands there once. Less than half of what a list of objects takes, to write and to store.
 */
export interface PackedCandidates {
  readonly ids: readonly number[];
  readonly names: readonly string[];
  /** by their place; nobody who could have been picked */
  readonly excluded?: Readonly<Record<number, string>>;
  /** a number alone is everybody's */
  readonly counters: Readonly<Record<string, Column>>;
  /** by their place: of whoever was picked */
  readonly after?: Readonly<Record<number, Readonly<Record<string, number>>>>;
}

/** @returns null for nobody */
export function packCandidates(candidates: readonly Candidate[]): PackedCandidates | null {
  if (candidates.length === 0) return null;
  const names = new Set(candidates.flatMap(({ counters }) => Object.keys(counters)));
  const excluded = byPlace(candidates, ({ excluded: why }) => why);
  const after = byPlace(candidates, ({ after: numbers }) => numbers ?? null);
  return {
    ids: candidates.map(({ rep_id }) => rep_id), names: candidates.map(({ name }) => name), ...(excluded ? { excluded } : {}),
    counters: Object.fromEntries([...names].map((name) => [name, columnOf(candidates.map(({ counters }) => counters[name] ?? null))])), ...(after ? { after } : {}),
  };
}

export function unpackCandidates({ ids, names, excluded = {}, counters, after = {} }: PackedCandidates): Candidate[] {
  return ids.map((rep_id, i) => ({
    rep_id, name: names[i], excluded: excluded[i] ?? null,
    counters: Object.fromEntries(Object.entries(counters).flatMap(([name, column]) => {
      const value = typeof column === 'number' ? column : column[i];
      return value === null ? [] : [[name, value]];
    })),
    ...(after[i] ? { after: after[i] } : {}),
  }));
}

function columnOf(values: readonly (number | null)[]): Column {
  const [first] = values;
  return first !== null && values.every((value) => value === first) ? first : values;
}

function byPlace<Value>(candidates: readonly Candidate[], valueOf: (candidate: Candidate) => Value | null): Record<number, Value> | null {
  const found = candidates.flatMap((candidate, i) => {
    const value = valueOf(candidate);
    return value === null ? [] : [[i, value] as const];
  });
  return found.length === 0 ? null : Object.fromEntries(found);
}
