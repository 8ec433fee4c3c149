import { shortReason, type Assignment, type OwnAssignment } from './assignment';

export const ownOf = ({ owner, team, because, decision_id }: Assignment): OwnAssignment => ({ owner, team, because, decision_id });

const own = (assignment: Assignment): OwnAssignment => assignment.own ?? ownOf(assignment);

/**
 * Who owns a lead with those that were merged into it: whoever owns the lead itself, else the owner of the one of them that found
 * its owner last. The same again, in whatever order it was heard of, comes to the same.
 * @param members whose owner counts; none of them when `isAlone`, which gives the lead back to its own
 * @returns the assignment itself when nothing changes
 */
export function followMembers(
  assignment: Assignment, { members, isAlone }: { members: readonly Assignment[]; isAlone: boolean },
): Assignment {
  if (assignment.converted) return assignment;
  const self = own(assignment);
  const next = self.owner ? self : inherited(members) ?? self;
  const kept = isAlone ? null : self;
  if (next.owner?.id === assignment.owner?.id && (kept === null) === (assignment.own === null)) return assignment;
  if (next.owner?.id === assignment.owner?.id) return { ...assignment, own: kept };
  return { ...assignment, ...next, own: kept };
}

function inherited(members: readonly Assignment[]): OwnAssignment | null {
  const owned = members.filter((member) => own(member).owner);
  if (owned.length === 0) return null;
  const last = owned.reduce((found, one) => (isLater(one, found) ? one : found));
  const { owner, team, because, decision_id } = own(last);
  return { owner, team, because: shortReason(`lead ${last.lead_id} is merged into it: ${because ?? 'owned before'}`), decision_id };
}

const isLater = (one: Assignment, than: Assignment): boolean => {
  const [mine, theirs] = [one, than].map(({ routed_at }) => Date.parse(routed_at ?? '') || 0);
  return mine === theirs ? one.lead_id > than.lead_id : mine > theirs;
};

/** What was decided about a lead itself; while it has the owner of another one because of a merge, that goes first only if somebody was found. */
export function decideOwn(assignment: Assignment, decided: Partial<OwnAssignment>): Assignment {
  if (assignment.own === null) return { ...assignment, ...decided };
  const kept = { ...assignment.own, ...decided };
  return kept.owner || !assignment.owner ? { ...assignment, ...kept, own: kept } : { ...assignment, own: kept };
}
