import type { DisqualificationReason, MoveCommandName, ReopenTarget } from '@headwater/contracts';
import { conclude, noteDrafts, type Decision } from './decision';
import type { By, LeadStatus } from './lead-status';
import { move } from './move';
import { commandRefused, reasonRequired, reasonWithout } from './refusals';
import { STATUS_MACHINE } from './status-machine';

export type CommandName = MoveCommandName | 'nurture' | 'reengage';

/** What somebody wants of a lead. */
export interface Order {
  command: CommandName;
  /** required to disqualify; may be said to nurture; nothing else has one */
  reason?: DisqualificationReason | null;
  notes?: string | null;
  /** of reopening alone: `new` when absent */
  target?: ReopenTarget | null;
}

/**
 * What a command does to a lead. One that stands where the command would take it stays: its notes are kept, a new reason of a
 * disqualification counts, and is told. One that may be reopened is re-engaged where `contacted` is its target.
 * @throws DomainError 409 `invalid_transition` with what is allowed; 422 at `disqualification_reason`
 */
export function followCommand(lead: LeadStatus, order: Order, by: By): Decision {
  const { reason = null, notes } = order;
  const command = meant(lead, order);
  if (command === 'disqualify' && !reason) throw reasonRequired();
  if (reason && command !== 'disqualify' && command !== 'nurture') throw reasonWithout(`it goes with disqualifying or nurturing, not with ${command}`);
  const path = STATUS_MACHINE[lead.status][command];
  if (path === null) throw commandRefused(lead, command);
  const drafts = noteDrafts(command, notes);
  const moved = path.length === 0
    ? { lead: command === 'disqualify' ? { ...lead, disqualification_reason: reason } : lead, transitions: [] }
    : move(lead, path.map((to) => ({ to, cause: command, reason, notes: drafts[0]?.text })), by);
  return conclude(lead, moved, drafts, by);
}

/** Only a lead that may be reopened: any other is refused as what was asked for. */
const meant = (lead: LeadStatus, { command, target }: Order): CommandName =>
  (command === 'reopen' && target === 'contacted' && STATUS_MACHINE[lead.status].reopen !== null ? 'reengage' : command);
