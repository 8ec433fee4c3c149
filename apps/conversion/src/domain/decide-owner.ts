import { DomainError, type RepView, type RoutingState, type Warning } from '@headwater/contracts';

/**
 * Who owns what the lead becomes: the lead's owner, else the rep who converts it, else nobody.
 * @param rep the rep that the actor is, if any
 * @throws DomainError `owner_required` when nobody is left and the tenant wants an owner
 */
export function decideOwner(
  assignment: RoutingState | null, rep: RepView | null, requireOwner: boolean,
): { ownerId: number | null; warnings: Warning[] } {
  const ownerId = assignment?.owner?.id ?? (rep?.active ? rep.id : null);
  if (ownerId !== null) return { ownerId, warnings: [] };
  if (requireOwner) throw DomainError.conflict('owner_required', 'The lead needs an owner before conversion');
  return { ownerId, warnings: [{ code: 'no_owner', detail: 'The lead has no owner, so the new records have none' }] };
}
