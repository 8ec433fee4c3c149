import { DomainError } from '@headwater/contracts';
import type { LeadStatus } from './lead-status';
import { assertNotMerged, assertRevision, assertUnlocked, inProgress, standing } from './refusals';

export type OutcomeKind = 'done' | 'aborted';

/** Whether it is reserved and the lease ran out: its holder is to be asked then. */
export const isLeaseOver = ({ reservation_token, lease_until, now }: Pick<LeadStatus, 'reservation_token' | 'lease_until'> & { now: string }): boolean =>
  reservation_token !== null && lease_until !== null && Date.parse(lease_until) <= Date.parse(now);

/** The token's reservation isn't there, and isn't known to have ended this way. */
export const notReserved = (): DomainError =>
  DomainError.conflict('not_reserved', 'The lead is not reserved under this token');

/**
 * Whether a lead may be reserved for its conversion. Its own token again is a repetition.
 * @param ended how this token's reservation ended, if it did: a late repetition must not reserve once more
 * @param expected the revision that its converter has seen
 * @throws DomainError 409 `lead_locked`, `lead_merged`, `conversion_in_progress`, `merge_in_progress`, `not_qualified`, `not_reserved`; 412
 */
export function assertReservable(lead: LeadStatus, token: string, ended: OutcomeKind | null, expected?: number): void {
  assertUnlocked(lead);
  assertNotMerged(lead);
  if (lead.reservation_token === token) return;
  assertFree(lead, ended);
  assertRevision(lead, expected);
  if (lead.status !== 'qualified') {
    throw DomainError.conflict('not_qualified', 'Lead must be qualified before conversion', standing(lead));
  }
}

/**
 * The same for a merge, or for its end: any status will do.
 * @throws DomainError 409 `lead_locked`, `lead_merged`, `conversion_in_progress`, `merge_in_progress`, `not_reserved`
 */
export function assertMergeable(lead: LeadStatus, token: string, ended: OutcomeKind | null, holder: 'merge' | 'unmerge'): void {
  assertUnlocked(lead);
  if (holder === 'merge') assertNotMerged(lead);
  if (lead.reservation_token !== token) assertFree(lead, ended);
}

function assertFree(lead: LeadStatus, ended: OutcomeKind | null): void {
  if (lead.reservation_token !== null) throw inProgress(lead);
  if (ended) throw notReserved();
}

/**
 * Whether an outcome is to be applied, or was already.
 * @throws DomainError 409 `not_reserved` when the token names neither the open reservation nor one that ended like this
 */
export function settlementOf(
  lead: LeadStatus, token: string, kind: OutcomeKind, ended: OutcomeKind | null,
): 'apply' | 'repetition' {
  if (lead.reservation_token === token) return 'apply';
  if (ended === kind) return 'repetition';
  throw notReserved();
}
