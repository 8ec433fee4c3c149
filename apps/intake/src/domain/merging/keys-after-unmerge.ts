import type { MatchKey } from '../read-submission';

export type LeadKey = MatchKey & { lead_id: number };

const nameOf = ({ kind, value }: MatchKey): string => `${kind} ${value}`;

/**
 * Each lead has the keys again that it had before the merge. The primary keeps those that came since, and is still found by a
 * key of another lead while its own profile says it.
 * @param before of all leads, before the merge; @param present of the primary; @param own what the primary's profile says now
 */
export function keysAfterUnmerge(primaryId: number, { before, present, own }: { before: LeadKey[]; present: LeadKey[]; own: MatchKey[] }): LeadKey[] {
  const others = before.filter(({ lead_id }) => lead_id !== primaryId);
  const former = new Map(before.filter(({ lead_id }) => lead_id === primaryId).map((key) => [nameOf(key), key]));
  const brought = new Set(others.map(nameOf));
  const said = new Set(own.map(nameOf));
  const kept = present.flatMap((key): LeadKey[] => {
    const name = nameOf(key);
    const had = former.get(name);
    if (had) return [had];
    if (!brought.has(name)) return [key];
    return said.has(name) ? [{ ...key, exclusive: false }] : [];
  });
  return [...others, ...kept];
}
