import type { DisqualificationReason, MoveCommandName } from '@headwater/contracts';
import { conclude, noteDrafts, type Decision } from './decision';
import type { By, LeadStatus } from './lead-status';
import { move } from './move';
import { commandRefused, reasonRequired, reasonWithout } from './refusals';
import { STATUS_MACHINE } from './status-machine';

/** The commands that take nothing but a reason and notes. */
export type MoveCommand = MoveCommandName;

/** What somebody wants of a lead. */
export interface Order {
  command: MoveCommand;
  /** what histories call it; the command's own name when absent */
  cause?: string;
  /** required to disqualify; may be said to nurture; nothing else has one */
  reason?: DisqualificationReason | null;
  notes?: string | null;
}

/** Whether a lead would follow a command now: the table has it, and nobody has converted, merged or reserved the lead. For timers and rules. */
export const wouldFollow = (lead: LeadStatus, command: MoveCommand): boolean =>
  STATUS_MACHINE[lead.status][command] !== null && lead.primary_id === null && lead.reservation_token === null;

/**
 * What a command does to a lead. One that stands where the command would take it stays: its notes are kept, a new reason of a
 * disqualification counts, and is told.
 * @throws DomainError 409 `invalid_transition` with what is allowed; 422 at `disqualification_reason`
 */
export function followCommand(lead: LeadStatus, { command, cause = command, reason = null, notes }: Order, by: By): Decision {
  if (command === 'disqualify' && !reason) throw reasonRequired();
  if (reason && command !== 'disqualify' && command !== 'nurture') throw reasonWithout(`it goes with disqualifying or nurturing, not with ${command}`);
  const path = STATUS_MACHINE[lead.status][command];
  if (path === null) throw commandRefused(lead, command);
  const drafts = noteDrafts(cause, notes);
  const moved = path.length === 0
    ? { lead: command === 'disqualify' ? { ...lead, disqualification_reason: reason } : lead, transitions: [] }
    : move(lead, path.map((to) => ({ to, cause, reason, notes: drafts[0]?.text })), by);
  return conclude(lead, moved, drafts, by);
}
