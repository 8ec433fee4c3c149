import { isOver, type Assignment, type Change } from './assignment';

/** How many open leads more, or fewer, a rep has. */
export interface LoadMoved {
  readonly tenant: string;
  readonly rep_id: number;
  readonly by: number;
}

/** What changes of leads mean for the reps who own them: leads that are owned, and neither converted nor merged, count. Only reps whose number moves. */
export function movedLoad(changes: readonly Change[]): LoadMoved[] {
  const moved = new Map<number, LoadMoved>();
  const add = (assignment: Assignment, by: number) => {
    const { tenant, owner } = assignment;
    if (owner && !isOver(assignment)) moved.set(owner.id, { tenant, rep_id: owner.id, by: (moved.get(owner.id)?.by ?? 0) + by });
  };
  for (const { before, after } of changes) {
    add(before, -1);
    add(after, 1);
  }
  return [...moved.values()].filter(({ by }) => by !== 0);
}
