import { v7 as uuidv7 } from 'uuid';
import { DomainError, type Context, type CreateLead, type SpooledSubmission } from '@headwater/contracts';
import { isAnonymous } from '../access/caller';

const EMPTY = '(body) says nothing of a lead: give at least an email, a phone, a last_name or a company_name';

/** A lead that a caller of the API sent, as it is handed to intake, or to the spool. @throws DomainError `empty_lead`, as an empty row of an import is none */
export function submissionOf(context: Context, lead: CreateLead): SpooledSubmission {
  if (isEmpty(lead)) throw DomainError.invalidField('(body)', 'empty_lead', EMPTY);
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

/** No member has anything in it. A custom field has its name, whatever its value is. */
const isEmpty = (lead: CreateLead): boolean => Object.values(lead).every(isBlank);

function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value == null || (typeof value === 'object' && Object.keys(value).length === 0);
}
