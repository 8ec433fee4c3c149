/** A cookie was said to be this lead's, at this moment (RFC 3339). */
export interface VisitorLink { readonly lead_id: number; readonly linked_at: string }

/**
 * Whose a visit is, of those who share a cookie: who said last before it that it is theirs, else who said so first. It depends on
 * times alone, not on what arrived first. Null without a link.
 */
export function ownerOfVisit(links: readonly VisitorLink[], at: string): number | null {
  const ordered = [...links].sort((one, other) => Date.parse(one.linked_at) - Date.parse(other.linked_at) || one.lead_id - other.lead_id);
  const before = ordered.findLast(({ linked_at }) => Date.parse(linked_at) <= Date.parse(at));
  return (before ?? ordered.at(0))?.lead_id ?? null;
}
