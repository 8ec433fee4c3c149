import { v7 as uuidv7 } from 'uuid';
import type { Context, CreateLead, SpooledSubmission } from '@headwater/contracts';
import { isAnonymous } from '../access/caller';

/** A lead that a caller of the API sent, as it is handed to intake, or to the spool. */
export function submissionOf(context: Context, lead: CreateLead): SpooledSubmission {
  const anonymous = isAnonymous(context);
  return {
    tenant: context.tenant,
    item: {
      submission_id: uuidv7(),
      received_at: new Date().toISOString(),
      tenant: context.tenant.id,
      actor: context.actor,
      anonymous,
      entry: anonymous ? 'form' : 'api',
      lead,
      idempotency: context.idempotency,
      correlation_id: context.correlation_id,
      traceparent: context.traceparent,
    },
  };
}
