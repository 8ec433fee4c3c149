import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, EXAMPLE_SUBMISSION, refused, type Examples } from '../documents/example';
import { CAPTURED_AT, CREATED_BECAUSE, SENT } from '../leads/example-lead';

export const getSubmission = {
  done: {
    summary: 'A lead was made of it',
    answer: {
      message: 'Submission found',
      data: {
        submission_id: EXAMPLE_SUBMISSION, state: 'done', verdict: 'created', because: CREATED_BECAUSE, lead_id: EXAMPLE_IDS.Lead, code: null,
        received_at: CAPTURED_AT, entry: 'api', inlet: null, lead: SENT, raw: null, payload_hash: 'c256dcc3649e222bad172fb987a3cfcf51b69094e1745dfcff422327144473b4',
      },
    },
  },
} satisfies Examples;

const SARAH = { first_name: 'Sarah', last_name: 'Johnson', email: 'sarah.johnson@techcorp.com' };
const FILLED_IN = { ...SARAH, company: 'TechCorp Inc', utm_source: 'newsletter', hw_leave_empty: 'x' };

export const listSubmissions = {
  quarantined: {
    summary: 'What waits for a decision', parameters: { verdict: 'quarantined' },
    answer: {
      message: 'Submissions listed',
      data: [{
        submission_id: EXAMPLE_SUBMISSION, received_at: '2026-11-28T10:00:00.000Z', entry: 'form', inlet: `form:${EXAMPLE_IDS.Form}`,
        verdict: 'quarantined', code: 'spam',
        because: 'the field that nobody sees was filled', lead_id: null,
        lead: { ...SARAH, company_name: 'TechCorp Inc', utm: { source: 'newsletter' } },
        raw: { content_type: 'application/json', body: FILLED_IN }, payload_hash: '6bf8fcd7137e421998fe2f3a222a1ffc7f9f981d9a569eaeb463be3ae52d5bd2',
      }],
      meta: { next_cursor: null },
    },
  },
  wrong_inlet: {
    summary: 'What names no way in', parameters: { inlet: 'door' },
    ...refused(DomainError.invalidField('inlet', 'wrong_format', 'inlet is not of the expected form, such as form:12')),
  },
} satisfies Examples;

export const releaseSubmission = {
  no_spam: {
    summary: 'It was a person', answer: {
      message: 'Submission released',
      data: { submission_id: EXAMPLE_SUBMISSION, state: 'done', verdict: 'created', because: CREATED_BECAUSE, lead_id: EXAMPLE_IDS.Lead },
    },
  },
  decided_before: {
    summary: 'Somebody decided before', ...refused(DomainError.conflict('not_quarantined', 'The submission is not quarantined: it is rejected')),
  },
} satisfies Examples;

export const rejectSubmission = {
  spam: {
    summary: 'It was none', body: { reason: 'An advertisement' }, answer: {
      message: 'Submission rejected',
      data: { submission_id: EXAMPLE_SUBMISSION, state: 'done', verdict: 'rejected', because: 'An advertisement', lead_id: null, code: 'rejected' },
    },
  },
} satisfies Examples;
