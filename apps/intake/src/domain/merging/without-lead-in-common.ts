/** Two leads that may become one. */
interface Pair { low_id: number; high_id: number }

/** Of pairs in their order, those that have no lead in common with one before them, `most` of them, and the others in their order. */
export function withoutLeadInCommon<Some extends Pair>(pairs: readonly Some[], most: number): { first: Some[]; rest: Some[] } {
  const taken = new Set<number>();
  const first: Some[] = [];
  const rest: Some[] = [];
  for (const pair of pairs) {
    const { low_id, high_id } = pair;
    (first.length === most || taken.has(low_id) || taken.has(high_id) ? rest : first).push(pair);
    taken.add(low_id).add(high_id);
  }
  return { first, rest };
}
