import { DomainError, type Status } from '@headwater/contracts';
import { qualificationState, type LeadStatus } from './lead-status';
import { COMMAND_FOR, commandsFrom, STATUS_MACHINE, type Command } from './status-machine';

/** Where the lead stands and where a PATCH may take it: what a refusal tells besides its sentence. */
export const standing = ({ status }: Pick<LeadStatus, 'status'>): { lead_status: Status; allowed: readonly Status[] } =>
  ({ lead_status: status, allowed: STATUS_MACHINE[status].patch });

export const invalidTransition = (lead: LeadStatus, detail: string): DomainError =>
  DomainError.conflict('invalid_transition', detail, standing(lead));

/** A command that the lead's status refuses; the answer names those that it would follow. */
export const commandRefused = (lead: LeadStatus, command: Command): DomainError => DomainError.conflict(
  'invalid_transition', `A lead that is ${lead.status} does not follow ${command}`, { ...standing(lead), commands: commandsFrom(lead.status) });

/** A status that only a command can give. */
export function useCommand(lead: LeadStatus, wanted: Status): DomainError {
  const command = `POST /api/v1/crm/leads/${lead.lead_id}/${COMMAND_FOR[wanted]}`;
  return DomainError.conflict('use_command', `The status ${wanted} is not set by PATCH: use ${command}`, { ...standing(lead), command });
}

export const reasonRequired = (): DomainError => DomainError.invalidField(
  'disqualification_reason', 'required', 'disqualification_reason is required to disqualify a lead');

export const reasonWithout = (why: string): DomainError => DomainError.invalidField(
  'disqualification_reason', 'not_applicable', `disqualification_reason does not apply: ${why}`);

export const conversionInProgress = (): DomainError =>
  DomainError.conflict('conversion_in_progress', 'The lead is being converted: try again in a moment');

export const mergeInProgress = (): DomainError =>
  DomainError.conflict('merge_in_progress', 'The lead is being merged: try again in a moment');

export const inProgress = ({ reservation_holder }: Pick<LeadStatus, 'reservation_holder'>): DomainError =>
  (reservation_holder === 'conversion' ? conversionInProgress() : mergeInProgress());

/** @throws DomainError `lead_merged`, with the lead to write instead */
export function assertNotMerged({ lead_id, primary_id }: Pick<LeadStatus, 'lead_id' | 'primary_id'>): void {
  if (primary_id !== null) throw DomainError.conflict('lead_merged', `Lead ${lead_id} is merged into lead ${primary_id}`, { primary_id });
}

/** @throws DomainError `lead_locked`, with where to go instead, when the lead was converted */
export function assertUnlocked({ converted }: LeadStatus): void {
  if (converted) throw DomainError.conflict('lead_locked', 'Lead is converted and locked', { converted });
}

/** @throws DomainError when nobody may write the lead now: it is converted or merged, or reserved for that */
export function assertWritable(lead: LeadStatus): void {
  assertUnlocked(lead);
  assertNotMerged(lead);
  if (lead.reservation_token !== null) throw inProgress(lead);
}

/** @throws DomainError `precondition_failed`, with the present state, when another revision was expected */
export function assertRevision(lead: LeadStatus, expected: number | undefined): void {
  if (expected === undefined || expected === lead.revision) return;
  throw DomainError.changedMeanwhile('lead', { revision: lead.revision, ...standing(lead), qualification: qualificationState(lead) });
}
