import type { UnmergeConflict } from '@headwater/contracts';
import type { Lead } from '../lead';
import { same } from '../merge-profile';
import type { MatchKey } from '../read-submission';

/** How everything was before a merge, and the primary right after it. */
export interface MergeSnapshot {
  leads: Lead[];
  after: Lead;
  keys: (MatchKey & { lead_id: number })[];
}

export interface UnmergedPrimary {
  lead: Lead;
  conflicts: UnmergeConflict[];
  changed: string[];
}

/** The parts of a lead that a merge writes. Those that are documents go back member by member. */
const DOCUMENTS = ['profile', 'facts', 'attribution', 'edited', 'enriched', 'pending'] as const;
/** What people see of it, and would miss; the others follow. */
const TOLD: ReadonlySet<string> = new Set(['profile', 'attribution']);

type Members = Record<string, unknown>;

/**
 * Gives the primary back what it was before the merge, where it is still what the merge made of it. What was changed since
 * stays, and is told where it isn't what it was before, too.
 * @param now RFC 3339
 */
export function unmergePrimary(present: Lead, { leads, after }: Pick<MergeSnapshot, 'leads' | 'after'>, now: string): UnmergedPrimary {
  const before = leads.find(({ id }) => id === present.id) as Lead;
  const lead: Lead = { ...present };
  const conflicts: UnmergeConflict[] = [];
  const changed: string[] = [];
  for (const part of DOCUMENTS) {
    const told = TOLD.has(part);
    const restored = restore(part, { before: before[part] as Members, after: after[part] as Members, present: present[part] as Members });
    Object.assign(lead, { [part]: restored.members });
    if (told) changed.push(...restored.changed);
    if (told) conflicts.push(...restored.conflicts.map((conflict) => ({ lead_id: present.id, ...conflict })));
  }
  if (same(present.notes, after.notes)) lead.notes = before.notes;
  if (lead.notes !== present.notes) changed.push('notes');
  return { lead: { ...lead, revision: present.revision + 1, updated_at: now }, conflicts, changed: [...changed, 'merged'] };
}

function restore(
  part: string, { before, after, present }: Record<'before' | 'after' | 'present', Members>,
): { members: Members; changed: string[]; conflicts: Omit<UnmergeConflict, 'lead_id'>[] } {
  const members = { ...present };
  const changed: string[] = [];
  const conflicts: Omit<UnmergeConflict, 'lead_id'>[] = [];
  for (const field of Object.keys({ ...before, ...after, ...present })) {
    if (same(before[field], after[field]) || same(before[field], present[field])) continue; // the merge, or somebody since, did that
    if (part === 'profile' && field === 'custom_fields' && !same(after[field], present[field])) {
      const inner = restore('', { before: asMembers(before[field]), after: asMembers(after[field]), present: asMembers(present[field]) });
      members[field] = inner.members;
      conflicts.push(...inner.conflicts.map((conflict) => ({ ...conflict, field: `custom_fields.${conflict.field}` })));
      changed.push(field);
    } else if (same(after[field], present[field])) {
      if (before[field] === undefined) delete members[field];
      else members[field] = before[field];
      changed.push(field);
    } else {
      conflicts.push({ field, before: before[field] ?? null, now: present[field] ?? null });
    }
  }
  return { members, changed, conflicts };
}

const asMembers = (value: unknown): Members => (value ?? {}) as Members;
