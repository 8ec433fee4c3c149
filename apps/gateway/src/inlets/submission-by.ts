import { v7 as uuidv7 } from 'uuid';
import type { CaptureItem, EdgeInlet, SpooledSubmission, TenantSettings } from '@headwater/contracts';

/** What an inlet makes of a request; the rest of the item is the same for all of them. */
export type ReadByInlet = Pick<CaptureItem, 'anonymous' | 'entry' | 'lead'>
  & Partial<Pick<CaptureItem, 'idempotency' | 'delivery' | 'settings' | 'raw' | 'raised_hand' | 'signal' | 'entry_status' | 'routing_hint' | 'phone_country'
    | 'quarantine' | 'confirmation' | 'rejected'>>;

/** What came by an inlet, as it is handed to intake, or to the spool. */
export function submissionBy(
  { kind, id, name }: EdgeInlet, tenant: TenantSettings, cause: Pick<CaptureItem, 'correlation_id' | 'traceparent'>, read: ReadByInlet,
): SpooledSubmission {
  return {
    tenant,
    item: {
      submission_id: uuidv7(), received_at: new Date().toISOString(), tenant: tenant.id, actor: { kind, id: String(id), name },
      inlet: { kind, id }, correlation_id: cause.correlation_id, ...(cause.traceparent ? { traceparent: cause.traceparent } : {}), ...read,
    },
  };
}
