import type { Named, Ownership } from '@headwater/contracts';

/** A decision, as far as it says who owns the lead. */
export interface OwnerDecision {
  readonly at: string;
  readonly cause: string;
  readonly because: string;
  readonly actor: string | null;
  readonly picked: Named | null;
}

/** By these a lead loses its owner where nobody was picked; rules that find nobody leave it with whoever has it. */
const TAKING = new Set(['manual', 'merge', 'unmerge', 'reassignment', 'nurture_exit']);

/** @param decisions of one lead, oldest first @returns who had it, the newest first; decisions that left it with somebody are none */
export function ownerHistory(decisions: readonly OwnerDecision[]): Ownership[] {
  const owners: Ownership[] = [];
  for (const { at, cause, because, actor, picked } of decisions) {
    const present = owners.at(-1);
    if (picked === null && !(present?.owner && TAKING.has(cause))) continue;
    if (picked && present?.owner?.id === picked.id) continue;
    if (present) present.until = at;
    owners.push({ owner: picked, from: at, until: null, cause, by: actor, because });
  }
  return owners.reverse();
}
