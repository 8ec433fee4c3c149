import { NotificationRequested, type NewEvent } from '@headwater/contracts';
import type { Assignment } from './assignment';
import { daysAfter } from './calendar';

const GOOD_FOR_DAYS = 7;

/** A lead that is nurtured no longer: which time it was, why, and when, RFC 3339. */
export interface Return { number: number; because: string; at: string }

/** A mail to the owner of a lead that is back; none without their address. */
export function returnMails({ tenant, lead_id, owner, facts }: Assignment, { number, because, at }: Return): NewEvent[] {
  if (!owner?.email) return [];
  return [NotificationRequested.of(tenant, lead_id, {
    kind: 'lead_returned', to: owner.email,
    data: { lead_id, company_name: facts?.company_name ?? null, because, owner: { id: owner.id, name: owner.name } },
    dedupe_key: `lead_returned:${lead_id}:${number}`, expires_at: daysAfter(at, GOOD_FOR_DAYS),
  }, { leadId: lead_id })];
}
