import type { ConvertedInto, Status } from '@headwater/contracts';
import { firstStatus, type By, type LeadStatus } from '../src/domain/lead-status';

export const CREATED = '2026-11-20T09:00:00.000Z';
export const NOW = '2026-11-20T10:00:00.000Z';
export const BY: By = { actor: 'Test Admin', at: NOW };
export const CONVERTED: ConvertedInto = { converted_at: NOW, account_id: 1, contact_id: 2, customer_id: 3, opportunity_id: 4 };

/** A lead as it is kept, in a status since its creation. */
export const leadIn = (status: Status, given: Partial<LeadStatus> = {}): LeadStatus => ({
  ...firstStatus('demo', { lead_id: 7, created_at: CREATED }),
  status,
  disqualification_reason: status === 'disqualified' ? 'no_budget' : null,
  converted: status === 'converted' ? CONVERTED : null,
  ...given,
});

/** What a refusal says, or null when there was none. */
export function refusal(action: () => unknown): { code: string; more?: Record<string, unknown>; field?: string } | null {
  try {
    action();
    return null;
  } catch (error) {
    const { body } = error as { body: { code: string; more?: Record<string, unknown>; errors?: { field: string }[] } };
    return { code: body.code, more: body.more, field: body.errors?.[0].field };
  }
}
