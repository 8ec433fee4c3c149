import type { DisqualificationReason } from '@headwater/contracts';
import { conclude, type Decision } from './decision';
import { type By, type LeadStatus, type Standing, standingOf } from './lead-status';
import { move } from './move';
import { STATUS_MACHINE } from './status-machine';

/** Who was put aside for one of these doesn't come back by sending a form again. */
const FINAL_REASONS: readonly DisqualificationReason[] = ['spam', 'invalid_data', 'duplicate', 'consent_withdrawn'];

/**
 * What a raised hand does to a lead.
 * @param raisedAt when the person did it; a hand raised before the disqualification was known to whoever disqualified
 * @returns null when it stays as it is
 */
export function reopenByRaisedHand(lead: LeadStatus, raisedAt: string, by: By): Decision | null {
  if (lead.own?.status === 'disqualified' && lead.status !== 'disqualified') return reopenItself(lead, lead.own, raisedAt, by);
  const path = STATUS_MACHINE[lead.status].reopen;
  if (path === null || Date.parse(raisedAt) <= Date.parse(lead.in_status_since)) return null;
  if (lead.disqualification_reason && FINAL_REASONS.includes(lead.disqualification_reason)) return null;
  return conclude(lead, move(lead, path.map((to) => ({ to, cause: 'raised_hand' })), by), [], by);
}

/** A lead that is open because of others that were merged into it: it is open itself by then, and stays so when they leave it. */
function reopenItself(lead: LeadStatus, own: Standing, raisedAt: string, by: By): Decision | null {
  const reopened = reopenByRaisedHand({ ...lead, ...own, own: null }, raisedAt, by);
  if (!reopened) return null;
  const { cycle, cycle_since } = reopened.lead;
  const decision = conclude(lead, { lead: { ...lead, cycle, cycle_since }, transitions: [] }, [], by, true);
  return { ...decision, lead: { ...decision.lead, own: standingOf(reopened.lead) } };
}
