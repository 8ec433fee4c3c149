import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, EXAMPLE_SUBMISSION, refused, type Examples } from '../documents/example';
import { statusUrl } from './lead-view';
import { IN_DOUBT, SARA, SARA_PREVIEW } from '../matching/duplicates.examples';
import { CREATED_BECAUSE, SENT } from './example-lead';

const SUMMARY = {
  received: 1, created: 0, updated: 0, touched: 0, review: 0, existing_customer: 0, quarantined: 0, rejected: 0, accepted: 0, failed: 0,
};

export const createLeads = {
  some_right_some_wrong: {
    summary: 'Somebody new, one that is wrong, and the first again: each has its own answer', parameters: { 'Idempotency-Key': 'fair-2026-1' },
    body: { leads: [SENT, { ...SENT, email: 'mike.chen@example.com', probability: 101 }, { email: SENT.email, city: 'Boston' }] },
    answer: {
      message: 'Leads taken in',
      data: {
        summary: { ...SUMMARY, received: 3, created: 1, updated: 1, failed: 1 },
        results: [
          { index: 0, status: 201, verdict: 'created', because: CREATED_BECAUSE, lead_id: EXAMPLE_IDS.Lead, submission_id: EXAMPLE_SUBMISSION },
          {
            index: 1, status: 422, code: 'too_large', detail: 'leads[1].probability must be at most 100',
            errors: [{ field: 'leads[1].probability', code: 'too_large', detail: 'leads[1].probability must be at most 100' }],
          },
          { index: 2, status: 200, verdict: 'updated', because: 'same e-mail', lead_id: EXAMPLE_IDS.Lead, submission_id: '019b2c4e-7a11-7f0e-8c44-2b9d5a7e1c30' },
        ],
      },
    },
  },
  answered_before: {
    summary: 'Kept durably, and taken in afterwards', parameters: { Prefer: 'respond-async' }, body: { leads: [SENT] }, status: 202,
    answer: {
      message: 'Leads accepted',
      data: {
        summary: { ...SUMMARY, accepted: 1 },
        results: [{ index: 0, status: 202, submission_id: EXAMPLE_SUBMISSION, status_url: statusUrl(EXAMPLE_SUBMISSION) }],
      },
    },
  },
  dry_run: {
    summary: 'What would become of them', body: { leads: [SARA], dry_run: true },
    answer: {
      message: 'Nothing was written',
      data: {
        summary: { ...SUMMARY, review: 1 }, results: [{ index: 0, status: 201, verdict: 'review', because: IN_DOUBT, lead_id: null, preview: SARA_PREVIEW }],
      },
    },
  },
  not_valid: {
    summary: 'No list of leads', body: { lead: [SENT] },
    ...refused(DomainError.invalidField('lead', 'unknown_field', 'lead is not a field of this request')),
  },
} satisfies Examples;
