import { STATUS_ALIASES, type Status, type StatusPatch } from '@headwater/contracts';
import { conclude, noteDrafts, type Decision } from './decision';
import type { By, LeadStatus } from './lead-status';
import { move } from './move';
import { invalidTransition, reasonRequired, reasonWithout, useCommand } from './refusals';
import { COMMAND_FOR, STATUS_MACHINE } from './status-machine';

/**
 * What a PATCH does to the status, its reason and the notes. The status that the lead has already is no transition.
 * Null and absent mean the same here: none of these fields can be emptied.
 * @throws DomainError 409 `use_command`, `invalid_transition`; 422 at `disqualification_reason`
 */
export function changeStatus(lead: LeadStatus, patch: StatusPatch, by: By): Decision {
  const wanted = patch.status ? (STATUS_ALIASES[patch.status] ?? patch.status as Status) : lead.status;
  const reason = patch.disqualification_reason ?? null;
  if (wanted !== lead.status) assertStep(lead, wanted);
  assertReason(lead, wanted, reason);
  const notes = noteDrafts('patch', patch.qualification_notes);
  const moved = wanted === lead.status
    ? { lead: { ...lead, disqualification_reason: reason ?? lead.disqualification_reason }, transitions: [] }
    : move(lead, [{ to: wanted, cause: 'patch', reason, notes: notes[0]?.text }], by);
  return conclude(lead, moved, notes, by);
}

function assertStep(lead: LeadStatus, wanted: Status): void {
  if (COMMAND_FOR[wanted]) throw useCommand(lead, wanted);
  const { patch } = STATUS_MACHINE[lead.status];
  if (!patch.includes(wanted)) {
    throw invalidTransition(lead, `A lead can't go from ${lead.status} to ${wanted}; from here to ${patch.join(', ')}`);
  }
}

function assertReason(lead: LeadStatus, wanted: Status, reason: string | null): void {
  if (wanted === 'disqualified') {
    if (lead.status !== 'disqualified' && !reason) throw reasonRequired();
  } else if (reason) {
    throw reasonWithout(`it goes with the status disqualified, and this lead would be ${wanted}`);
  }
}
