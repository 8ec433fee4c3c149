import { DomainError } from '@headwater/contracts';
import { EXAMPLE_SUBMISSION, refused, type Examples } from '../documents/example';
import { IN_DOUBT, SARA, SARA_ID, SARA_PREVIEW } from '../matching/duplicates.examples';
import { BY_FORM, CAPTURED, CONVERTED, CREATED_BECAUSE, ELSEWHERE, ELSEWHERE_SENT, ROUTED, SENT } from './example-lead';

const SIGN_UP_KEY = 'signup-4711';

export const LOCKED = refused(DomainError.conflict('lead_locked', 'Lead is converted and locked', { converted: CONVERTED }));

export const createLead = {
  new_person: {
    summary: 'Somebody new', parameters: { 'Idempotency-Key': SIGN_UP_KEY }, body: SENT,
    answer: { message: 'Lead created', data: { ...CAPTURED, verdict: 'created', because: CREATED_BECAUSE } },
  },
  known_person: {
    summary: 'The same person again, with more to tell', body: { email: SENT.email, budget: '$75K, approved Q1', campaign: 'spring-webinar' }, status: 200,
    answer: {
      message: 'Lead updated',
      data: { ...CAPTURED, budget: '$75K, approved Q1', campaign: 'spring-webinar', status: null, status_label: null, verdict: 'updated', because: 'same e-mail' },
    },
  },
  by_another_address: {
    summary: 'Perhaps the same person, by another address', body: ELSEWHERE_SENT,
    answer: { message: 'Lead created', data: { ...ELSEWHERE, verdict: 'created', because: CREATED_BECAUSE } },
  },
  in_doubt: {
    summary: 'Perhaps somebody who is known: people decide', body: SARA,
    answer: {
      message: 'Lead created',
      data: {
        ...CAPTURED, ...SARA, id: SARA_ID, full_name: 'Sara Johnson', job_title: null, employees: null, industry: null, country: null, source: null,
        email_kind: 'free', verdict: 'review', because: IN_DOUBT,
      },
    },
  },
  dry_run: {
    summary: 'What would become of it', parameters: { dry_run: true }, body: SARA, status: 200,
    answer: { message: 'Nothing was written', data: SARA_PREVIEW },
  },
  public_form: {
    summary: 'A form on a web site, with a `guest` key: the answer tells nothing of who is known', body: SENT,
    answer: { message: 'Thank you', data: { submission_id: EXAMPLE_SUBMISSION } },
  },
  public_form_known: {
    summary: 'The same form, by somebody who is known: what differs waits for a person to accept it', body: BY_FORM,
    answer: { message: 'Thank you', data: { submission_id: EXAMPLE_SUBMISSION } },
  },
  accepted_for_later: {
    summary: 'Taken while intake is away', body: SENT, status: 202,
    answer: {
      message: 'Lead accepted',
      data: { submission_id: EXAMPLE_SUBMISSION, durability: 'spooled', status_url: `/api/v1/crm/submissions/${EXAMPLE_SUBMISSION}` },
    },
  },
  answered_before: {
    summary: 'Kept durably, and taken in afterwards', parameters: { Prefer: 'respond-async' }, body: SENT, status: 202,
    answer: {
      message: 'Lead accepted',
      data: { submission_id: EXAMPLE_SUBMISSION, durability: 'spooled', status_url: `/api/v1/crm/submissions/${EXAMPLE_SUBMISSION}` },
    },
  },
  key_reused: {
    summary: 'A key that named another request', parameters: { 'Idempotency-Key': SIGN_UP_KEY }, body: { ...SENT, job_title: 'CEO' },
    ...refused(DomainError.invalidField('Idempotency-Key', 'idempotency_key_reused', 'This Idempotency-Key was used before with another body')),
  },
  not_valid: {
    summary: 'A misspelt field, and a value out of range', body: { frist_name: 'Sarah', probability: 101 },
    ...refused(DomainError.invalid([
      { field: 'frist_name', code: 'unknown_field', detail: 'frist_name is not a field of this request' },
      { field: 'probability', code: 'too_large', detail: 'probability must be at most 100' },
    ])),
  },
} satisfies Examples;

export const listLeads = {
  by_email: {
    summary: 'Leads of one person', parameters: { email: SENT.email, sort: '-created_at' },
    answer: { message: 'Leads listed', data: [ROUTED], meta: { next_cursor: null } },
  },
  wrong_cursor: {
    summary: 'A cursor that is none of ours', parameters: { cursor: 'page-2' },
    ...refused(DomainError.invalidField('cursor', 'wrong_cursor', 'cursor must be the next_cursor of a former page with the same sort')),
  },
} satisfies Examples;

export const getLead = {
  routed: { summary: 'Scored and routed', answer: { message: 'Lead found', data: ROUTED } },
} satisfies Examples;

const DISCOVERY = {
  estimated_value: 250_000, probability: 40,
  notes: 'Discovery completed with IT team. 5 departments will use platform. Enterprise deployment required.',
} as const;

export const updateLead = {
  after_discovery: {
    summary: 'What a call has shown', parameters: { 'If-Match': '"i1.s1.r1.q1"' }, body: DISCOVERY,
    answer: { message: 'Lead updated', data: { ...ROUTED, ...DISCOVERY, currency: 'USD' } },
  },
  budget_approved: {
    summary: 'A note about her budget, which is read', body: { qualification_notes: 'Budget of $75,000 approved for Q1.' },
    answer: { message: 'Lead updated', data: { ...ROUTED, notes: 'Budget of $75,000 approved for Q1.' } },
  },
  contacted: {
    summary: 'A step of the status', body: { status: 'contacted', custom_fields: { stakeholders: ['CTO', 'IT Director', 'CFO'] } },
    answer: { message: 'Lead updated', data: { ...ROUTED, status: 'contacted', status_label: 'Contacted', custom_fields: { stakeholders: ['CTO', 'IT Director', 'CFO'] } } },
  },
  put_back: {
    summary: 'Nobody has it any more', body: { owner_id: null }, answer: { message: 'Lead updated', data: { ...ROUTED, owner: null, team: null } },
  },
  changed_meanwhile: {
    summary: 'Somebody else was faster', parameters: { 'If-Match': '"i1.s1.r1.q1"' }, body: { city: 'Boston' },
    ...refused(DomainError.changedMeanwhile('lead', { revision: 2 })),
  },
  forbidden_step: {
    summary: 'A status that is not reached from here', body: { status: 'new' },
    ...refused(DomainError.conflict('invalid_transition', "A lead can't go from contacted to new; from here to nurturing, disqualified", { lead_status: 'contacted', allowed: ['nurturing', 'disqualified'] })),
  },
  by_command_only: {
    summary: 'A status that only a command gives', body: { status: 'qualified' },
    ...refused(DomainError.conflict('use_command', 'The status qualified is not set by PATCH: use POST /api/v1/crm/leads/1234/qualify', {
      lead_status: 'new', allowed: ['contacted', 'nurturing', 'disqualified'], command: 'POST /api/v1/crm/leads/1234/qualify',
    })),
  },
  lead_merged: {
    summary: 'A lead that is part of another one by now', parameters: { id: ELSEWHERE.id }, body: { job_title: 'CEO' },
    ...refused(DomainError.conflict('lead_merged', `Lead ${ELSEWHERE.id} is merged into lead ${CAPTURED.id}`, { primary_id: CAPTURED.id })),
  },
  lead_locked: { summary: 'A converted lead', body: { city: 'Boston' }, ...LOCKED },
  not_valid: {
    summary: 'An owner who is not there', body: { owner_id: 999_999_999 },
    ...refused(DomainError.invalidField('owner_id', 'unknown_rep', 'There is no rep 999999999')),
  },
} satisfies Examples;
