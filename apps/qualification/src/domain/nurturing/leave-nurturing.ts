import type { ReturnCause } from '@headwater/contracts';
import { conclude, type Decision } from '../decision';
import type { By, LeadStatus } from '../lead-status';
import { move } from '../move';
import type { Exit } from './enrolment';

const CAUSES: Partial<Record<Exit['kind'], ReturnCause>> = { raised_hand: 'raised_hand', recycle_date: 'recycle_date' };

/** Takes a lead that is nurtured back to the contacted: nobody has talked to it because of that. The transition says why. */
export function leaveNurturing(lead: LeadStatus, { kind, because }: Exit, by: By): Decision {
  const cause: ReturnCause = CAUSES[kind] ?? 'nurture_exit';
  const { lead: moved, transitions } = move(lead, [{ to: 'contacted', cause, notes: because }], by);
  return conclude(lead, { lead: { ...moved, first_contacted_at: lead.first_contacted_at }, transitions }, [], by);
}

/** What a raised hand does to a lead that is nurtured; null when it is not, or was raised before. @param raisedAt RFC 3339 */
export const exitByRaisedHand = ({ status, in_status_since }: LeadStatus, raisedAt: string): Exit | null =>
  (status === 'nurturing' && Date.parse(raisedAt) > Date.parse(in_status_since)
    ? { kind: 'raised_hand', trigger: null, because: 'the person asked for contact' } : null);
