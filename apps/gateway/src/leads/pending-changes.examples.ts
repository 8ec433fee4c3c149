import { DomainError } from '@headwater/contracts';
import { EXAMPLE_SUBMISSION, refused, type Examples } from '../documents/example';
import { BY_FORM, INTERESTED } from './example-lead';
import { LOCKED } from './leads.examples';

const SENT_AT = '2026-03-05T08:30:00.418Z';

export const listLeadPendingChanges = {
  another_title: {
    summary: 'A form says another title',
    answer: {
      message: 'Pending changes listed',
      data: [{
        field: 'job_title', present: 'CTO', proposed: BY_FORM.job_title, submission_id: EXAMPLE_SUBMISSION, at: SENT_AT, entry: 'form', inlet: null, sender: 'form',
      }],
    },
  },
} satisfies Examples;

export const acceptLeadPendingChanges = {
  the_title: {
    summary: 'She has this title now', body: { fields: ['job_title'] },
    answer: { message: 'Pending changes accepted', data: { ...INTERESTED, job_title: BY_FORM.job_title, pending_changes: 0 } },
  },
  not_pending: {
    summary: 'A field that nothing waits for', body: { fields: ['city'] },
    ...refused(DomainError.invalidField('fields', 'not_pending', 'No change of city is pending')),
  },
  lead_locked: { summary: 'A converted lead', body: {}, ...LOCKED },
} satisfies Examples;

export const rejectLeadPendingChanges = {
  all: {
    summary: 'None of it', body: {}, answer: { message: 'Pending changes rejected', data: { ...INTERESTED, pending_changes: 0 } },
  },
  changed_meanwhile: {
    summary: 'Somebody else was faster', parameters: { 'If-Match': '"i1"' }, body: {},
    ...refused(DomainError.changedMeanwhile('lead', { revision: 2 })),
  },
} satisfies Examples;

export const listLeadConsents = {
  by_form: {
    summary: 'Agreed to in a form', parameters: { limit: 50 },
    answer: {
      message: 'Consents listed',
      data: [{
        at: SENT_AT, field: 'consent', value: true, text_version: BY_FORM.consent.text_version, text: null, agreed_at: BY_FORM.consent.at, origin: BY_FORM.consent.origin,
        confirmed_at: null,        submission_id: EXAMPLE_SUBMISSION, entry: 'form', inlet: null, by: 'form:8',
      }],
    },
  },
} satisfies Examples;
