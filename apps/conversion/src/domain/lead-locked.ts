import { DomainError, type ConvertedInto } from '@headwater/contracts';

/** The refusal of any write to a converted lead, with the ids to go to instead. */
export const leadLocked = (converted: ConvertedInto): DomainError =>
  DomainError.conflict('lead_locked', 'Lead is converted and locked', { converted });
