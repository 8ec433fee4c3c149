import { DomainError, type CapturePreview, type ComparedField, type ExplainedReview, type LeadCard } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { CAPTURED_AT, CREATED_BECAUSE, SENT } from '../leads/example-lead';

/** Sarah again, or somebody else: another address, another spelling, the same phone. */
export const SARA = { first_name: 'Sara', last_name: 'Johnson', email: 'sara.johnson@gmail.com', phone: SENT.phone, company_name: 'TechCorp' } as const;
export const SARA_ID = 1240;
export const IN_DOUBT = 'same phone, but another e-mail';

const cardOf = (lead_id: number, { first_name, last_name, company_name, email, phone, ...more }: typeof SARA | typeof SENT): LeadCard => ({
  lead_id, full_name: `${first_name} ${last_name}`, company_name, job_title: 'job_title' in more ? more.job_title : null, email, phone, city: null,
  country: 'country' in more ? more.country : null, created_at: CAPTURED_AT, converted: false, merged_into: null,
});

const SUMMARY = {
  band: 'same', probability: 0.9972, bits: 16.87, held: null,
  because: 'Same phone, same company, same last name and first name a short form of the other; but another e-mail. 99.7 % likely one person.',
} as const;

/** @param values in the order in which the two are shown */
const fieldsOf = (values: (one: string, other: string) => [string, string]): ComparedField[] => [
  { field: 'phone', level: 'equal', says: 'speaks_for', bits: 11.81, because: `same phone: ${SENT.phone}`, values: [SENT.phone, SENT.phone] },
  field('company_name', 'equal', 10.92, 'same company', values(SENT.company_name, SARA.company_name)),
  { field: 'last_name', level: 'equal', says: 'speaks_for', bits: 9.64, because: 'same last name: Johnson', values: ['Johnson', 'Johnson'] },
  field('first_name', 'nickname', 3.91, 'first name a short form of the other', values(SENT.first_name, SARA.first_name)),
  field('email', 'different', -2.74, 'another e-mail', values(SENT.email, SARA.email)),
];

const field = (name: string, level: string, bits: number, says: string, values: [string, string]): ComparedField =>
  ({ field: name, level, says: bits > 0 ? 'speaks_for' : 'speaks_against', bits, because: `${says}: ${values.join(' / ')}`, values });

const REVIEW = {
  id: EXAMPLE_IDS['Duplicate review'], status: 'open' as const, ...SUMMARY, leads: [cardOf(EXAMPLE_IDS.Lead, SENT), cardOf(SARA_ID, SARA)], doubt: IN_DOUBT,
  model_version: 0, opened_at: CAPTURED_AT, updated_at: CAPTURED_AT, decided_at: null, decided_by: null, reason: null, left_to_people: null,
};
const EXPLAINED = { ...REVIEW, fields: fieldsOf((sarah, sara) => [sarah, sara]) } satisfies ExplainedReview;

export const listDuplicateReviews = {
  open: {
    summary: 'What waits for a decision', parameters: { status: 'open', sort: '-probability' },
    answer: { message: 'Duplicate reviews listed', data: [REVIEW], meta: { next_cursor: null } },
  },
  wrong_cursor: {
    summary: 'A cursor that is none of ours', parameters: { cursor: 'page-2' },
    ...refused(DomainError.invalidField('cursor', 'wrong_cursor', 'cursor must be the next_cursor of a former page with the same sort')),
  },
} satisfies Examples;

export const getDuplicateReview = {
  by_phone: { summary: 'Field by field', answer: { message: 'Duplicate review found', data: EXPLAINED } },
} satisfies Examples;

const REASON = 'Sisters, who share a phone';

export const dismissDuplicateReview = {
  two_persons: {
    summary: 'They are two', body: { reason: REASON },
    answer: {
      message: 'Duplicate review dismissed',
      data: { ...EXPLAINED, status: 'dismissed', decided_at: CAPTURED_AT, decided_by: 'CRM sync', reason: REASON } satisfies ExplainedReview,
    },
  },
} satisfies Examples;

export const listLeadDuplicates = {
  open: { summary: 'Its open reviews', answer: { message: 'Duplicates listed', data: [EXPLAINED] } },
} satisfies Examples;

/** What would become of Sara, when Sarah is known. */
export const SARA_PREVIEW = {
  verdict: 'review', because: IN_DOUBT, lead_id: null, changed: [], account: null,
  candidates: [{ ...SUMMARY, fields: fieldsOf((sarah, sara) => [sara, sarah]), lead: cardOf(EXAMPLE_IDS.Lead, SENT) }],
} satisfies CapturePreview;

const UNKNOWN = { verdict: 'created', because: CREATED_BECAUSE, lead_id: null, changed: [], account: null, candidates: [] } satisfies CapturePreview;

export const checkDuplicate = {
  by_phone: { summary: 'Somebody like one who is known', body: SARA, answer: { message: 'Duplicates checked', data: SARA_PREVIEW } },
} satisfies Examples;

const MIKE = { first_name: 'Mike', last_name: 'Chen', email: 'mike.chen@example.com' } as const;

export const checkDuplicates = {
  two: {
    summary: 'One like somebody who is known, and somebody new', body: { leads: [SARA, MIKE] },
    answer: { message: 'Duplicates checked', data: [SARA_PREVIEW, UNKNOWN] },
  },
} satisfies Examples;
