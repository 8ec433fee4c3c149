import { DomainError } from '@headwater/contracts';
import type { Assignment } from './assignment';

/** @throws DomainError `lead_merged`, `lead_locked`: the lead goes on as another one, or as what it became */
export function assertWritable({ lead_id, primary_id, converted }: Assignment): void {
  if (primary_id !== null) throw DomainError.conflict('lead_merged', `Lead ${lead_id} is merged into lead ${primary_id}`, { primary_id });
  if (converted) throw DomainError.conflict('lead_locked', 'Lead is converted and locked', { converted });
}
