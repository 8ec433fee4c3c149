import { DomainError } from '@headwater/contracts';
import type { Lead } from './lead';

/**
 * Whether leads are open, ones of their own, and as the caller has seen them.
 * @param primaries of those that are merged; @param expected revisions, of the leads whose matters
 * @throws DomainError `lead_locked`, `lead_merged` (with the lead to write instead), `precondition_failed`
 */
export function assertWritable(leads: readonly Lead[], primaries: ReadonlyMap<number, number>, expected: Readonly<Record<number, number>> = {}): void {
  for (const { id, revision, converted } of leads) {
    if (converted) throw DomainError.conflict('lead_locked', 'Lead is converted and locked', { converted });
    const primary = primaries.get(id);
    if (primary !== undefined) throw DomainError.conflict('lead_merged', `Lead ${id} is merged into lead ${primary}`, { primary_id: primary });
    if (expected[id] !== undefined && expected[id] !== revision) throw DomainError.changedMeanwhile('lead', { revision });
  }
}
