import type { Territory } from './territory';
import type { TerritoryMatch } from './territory-facts';

/** A territory with what follows from its place in the tree. */
export interface Placed {
  readonly territory: Territory;
  /** 0 at the top */
  readonly depth: number;
  readonly match: Omit<TerritoryMatch, 'by'>;
}

/** Whether the one goes before the other when both have the same place: the deeper, then the first by name. */
export const goesBefore = (one: Placed, other: Placed): boolean => (one.depth === other.depth
  ? one.territory.name < other.territory.name || (one.territory.name === other.territory.name && one.territory.id < other.territory.id)
  : one.depth > other.depth);

/** Each territory with its depth, its path and its owners, or those of the nearest above it that has any. */
export function placeAll(territories: readonly Territory[]): Placed[] {
  const byId = new Map(territories.map((territory) => [territory.id, territory]));
  const placed = new Map<number, Placed>();
  for (const territory of territories) {
    const unplaced: Territory[] = [];
    let next: Territory | undefined = territory;
    while (next && !placed.has(next.id)) {
      unplaced.push(next);
      next = next.parent_id === null ? undefined : byId.get(next.parent_id);
    }
    for (const one of unplaced.reverse()) placed.set(one.id, place(one, placed));
  }
  return [...placed.values()];
}

function place(territory: Territory, placed: ReadonlyMap<number, Placed>): Placed {
  const { id, name, parent_id, owners, team_id } = territory;
  const above = parent_id === null ? undefined : placed.get(parent_id);
  const owned = owners.length > 0 || team_id !== null || !above;
  return {
    territory, depth: above ? above.depth + 1 : 0,
    match: {
      id, name, path: [...(above?.match.path ?? []), name], reps: owned ? owners : above.match.reps, team_id: owned ? team_id : above.match.team_id,
    },
  };
}
