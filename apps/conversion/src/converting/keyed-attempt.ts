import type { ConvertLead, QuestionOf } from '@headwater/contracts';
import type { KeyedAttempt } from '@headwater/messaging';

/** The caller's Idempotency-Key, for this lead: the id stands in the path, not in the body that the key is checked against. */
export function keyedAttempt(
  { context: { idempotency, tenant }, lead_id }: QuestionOf<typeof ConvertLead>,
): KeyedAttempt | undefined {
  return idempotency && { ...idempotency, scope: `${idempotency.scope} lead ${lead_id}`, tenant: tenant.id };
}
