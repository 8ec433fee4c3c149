import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, EXAMPLE_TENANT, refused, type Examples } from '../documents/example';

const EVENT_ID = '019b2c51-03d2-7b1e-8c44-5f0e9d7a6b21';
const EVENT = {
  specversion: '1.0', id: EVENT_ID, source: '/website', type: 'crm.lead.engaged.v1', subject: 'lead/1234', time: '2026-03-03T03:14:12.001Z', tenantid: EXAMPLE_TENANT, data: {},
};
const LETTER = {
  service: 'scoring', id: EXAMPLE_IDS['Dead letter'], subscription: 'scoring_lead_engaged_v1', event_id: EVENT_ID, tenant: EXAMPLE_TENANT,
  subject: `crm.${EXAMPLE_TENANT}.live.lead.engaged.v1`, error: 'DomainError: lead_id is required', deliveries: 4, failed_replays: 0,
  at: '2026-03-03T03:14:15.926Z', discarded_at: null,
};
const WITH_BODY = { ...LETTER, body: JSON.stringify(EVENT), discarded_by: null, discard_reason: null };
const PLACE = { service: LETTER.service };

export const listDeadLetters = {
  of_a_service: {
    summary: 'What scoring could not handle', parameters: { ...PLACE, tenant: EXAMPLE_TENANT, limit: 50 },
    answer: { message: 'Dead letters listed', data: [LETTER], meta: { next_cursor: null } },
  },
} satisfies Examples;

export const getDeadLetter = {
  with_event: { summary: 'With the event as it came', parameters: PLACE, answer: { message: 'Dead letter found', data: WITH_BODY } },
} satisfies Examples;

export const replayDeadLetters = {
  fails_again: {
    summary: 'Nothing was mended: it stays', parameters: PLACE, body: { ids: [LETTER.id] },
    answer: { message: 'Dead letters replayed', data: { succeeded: 0, failed: [{ id: LETTER.id, error: 'lead_id is required' }], next: null } },
  },
  which: {
    summary: 'Neither some nor all', parameters: PLACE, body: {},
    ...refused(DomainError.invalidField('ids', 'required', 'Send either ids or all: true')),
  },
} satisfies Examples;

export const discardDeadLetter = {
  test_event: {
    summary: 'An event that nobody needs', parameters: { ...PLACE, reason: 'sent by a test' },
    answer: { message: 'Dead letter discarded', data: { ...LETTER, discarded_at: '2026-03-03T09:00:00.000Z' } },
  },
  without_reason: { summary: 'Without saying why', parameters: PLACE, ...refused(DomainError.invalidField('reason', 'required', 'reason is required')) },
} satisfies Examples;

export const republishState = {
  one_tenant: {
    summary: 'All of a tenant, in one part', parameters: { service: 'intake' }, body: { tenant: EXAMPLE_TENANT },
    answer: { message: 'State republished', data: { published: 1, next: null } },
  },
  unknown_tenant: {
    summary: 'A tenant that is not there', parameters: { service: 'intake' }, body: { tenant: 'nobody' },
    ...refused(DomainError.invalidField('tenant', 'unknown_tenant', 'There is no tenant nobody')),
  },
} satisfies Examples;
