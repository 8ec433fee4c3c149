import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { ACCOUNT, CONTACT, CONVERTED_AT, CUSTOMER, FIT, OPPORTUNITY, OWNER, PINNED, SENT } from './example-lead';
import { LOCKED } from './leads.examples';

/** What was found out about budget, authority, need and timeline. */
export const BANT = 'BANT qualified: Budget $75K approved Q1, Authority confirmed (CTO decision maker), Need is integration platform for scaling operations, Timeline is 90 days for implementation.';
const NO_BUDGET = 'Company does not have budget allocated until Q3 2026. Moving to nurture campaign.';

const QUALIFIED_AT = '2026-03-09T14:30:00.207Z';
const FOUND_OUT = {
  budget: { status: 'confirmed', value: '75,000 USD, approved for Q1', evidence: [{ text: 'CFO: "75k are approved"', source: 'call on 9 March' }] },
  authority: { status: 'confirmed', value: 'CTO decides' }, need: { status: 'partial', value: '20 hours a week by hand' },
  timeline: { status: 'weak', value: 'this year' },
} as const;
const POINTS = { budget: 25, authority: 25, need: 15, timeline: 6 };
const ASSESSED = {
  framework: 'bant', version: 0, score: 71, verdict: 'incomplete', missing: ['timeline'],
  elements: (['budget', 'authority', 'need', 'timeline'] as const).map((element) =>
    ({ element, status: FOUND_OUT[element].status, value: FOUND_OUT[element].value, points: POINTS[element], by: 'CRM sync', at: QUALIFIED_AT, proposed: false })),
};
const lacking = (status: string) =>
  ({ kind: 'element', element: 'timeline', status, at_least: 'partial', detail: `BANT: Timeline is ${status}, and has to be partial at least` });
const [REMARKED, LACKS] = [lacking('weak'), lacking('unknown')];

export const qualifyLead = {
  qualified: {
    summary: 'A good lead, with a score that people know better',
    body: { qualified: true, qualification_notes: BANT, update_score: true, behavioral_score: 48, demographic_score: 42 },
    answer: {
      message: 'Lead qualified successfully',
      data: { id: EXAMPLE_IDS.Lead, email: SENT.email, status: 'qualified', lead_score: PINNED, qualified_at: '2026-03-09T14:30:00.207Z', notes: BANT },
    },
  },
  by_element: {
    summary: 'What was found out, element by element', body: { qualified: true, bant: FOUND_OUT },
    answer: {
      message: 'Lead qualified successfully',
      data: { id: EXAMPLE_IDS.Lead, email: SENT.email, status: 'qualified', lead_score: FIT, qualified_at: QUALIFIED_AT, notes: null, assessments: [ASSESSED] },
      warnings: [{ code: 'gate_not_passed', detail: REMARKED.detail, framework: 'bant', segment: null, missing: ['timeline'], lacks: [REMARKED] }],
    },
  },
  gate_not_passed: {
    summary: 'Where the gate is enforced, what is missing', body: { qualified: true, bant: { ...FOUND_OUT, timeline: null } },
    ...refused(DomainError.conflict('gate_not_passed', `The lead can't be qualified yet. ${LACKS.detail}`, {
      framework: 'bant', segment: null, missing: ['timeline'], lacks: [LACKS],
    })),
  },
  disqualified: {
    summary: 'Not now', body: { qualified: false, disqualification_reason: 'no_budget', qualification_notes: NO_BUDGET },
    answer: {
      message: 'Lead disqualified',
      data: { id: EXAMPLE_IDS.Lead, email: SENT.email, status: 'disqualified', lost_reason: 'no_budget', disqualification_reason: 'no_budget', notes: NO_BUDGET },
    },
  },
  reopen_first: {
    summary: 'A disqualified lead', body: { qualified: true },
    ...refused(DomainError.conflict('invalid_transition', "A lead that is disqualified can't be qualified: reopen first, by a PATCH of its status", {
      lead_status: 'disqualified', allowed: ['new', 'nurturing', 'contacted'],
    })),
  },
  lead_locked: { summary: 'A converted lead', body: { qualified: true }, ...LOCKED },
  reason_missing: {
    summary: 'No, but not why', body: { qualified: false },
    ...refused(DomainError.invalidField('disqualification_reason', 'required', 'disqualification_reason is required to disqualify a lead')),
  },
} satisfies Examples;

/** Her lead of a year before, and when she is converted once more. */
const BEFORE = 1198;
const AGAIN_AT = '2027-02-09T10:20:30.441Z';
const NOTES = OPPORTUNITY.notes;
const LEAD = { id: EXAMPLE_IDS.Lead, status: 'converted', converted_at: CONVERTED_AT } as const;

export const convertLead = {
  with_opportunity: {
    summary: 'Customer and opportunity at once',
    body: {
      create_customer: true, create_opportunity: true, opportunity_name: OPPORTUNITY.name, opportunity_amount: OPPORTUNITY.value,
      opportunity_stage: OPPORTUNITY.stage, opportunity_close_date: OPPORTUNITY.expected_close_date, opportunity_probability: OPPORTUNITY.probability,
      notes: NOTES,
    },
    answer: {
      message: 'Lead converted successfully',
      data: { customer: CUSTOMER, account: { ...ACCOUNT, linked: false }, contact: CONTACT, opportunity: OPPORTUNITY, lead: LEAD },
    },
  },
  customer_only: {
    summary: 'The opportunity comes later',
    body: { create_customer: true, create_opportunity: false, notes: 'Converting to customer. Will create opportunity when deal structure is finalized.' },
    answer: {
      message: 'Lead converted successfully',
      data: { customer: CUSTOMER, account: { ...ACCOUNT, linked: false }, contact: CONTACT, lead: LEAD },
    },
  },
  not_qualified: {
    summary: 'Qualify it first', body: { create_customer: true },
    ...refused(DomainError.conflict('not_qualified', 'Lead must be qualified before conversion', { lead_status: 'new', allowed: ['contacted', 'nurturing', 'disqualified'] })),
  },
  customer_exists: {
    summary: 'A new interest of somebody who is a customer', body: { create_customer: true },
    ...refused(DomainError.conflict('customer_exists', 'Customer with this email already exists', {
      candidates: [{ customer_id: EXAMPLE_IDS.Customer, customer_number: CUSTOMER.customer_number, contact_id: EXAMPLE_IDS.Contact, account_id: EXAMPLE_IDS.Account }],
    })),
  },
  joined: {
    summary: 'The same person once more: the customer stays, and a new deal begins',
    body: { duplicate_policy: 'link', create_opportunity: true, opportunity_name: 'TechCorp - Second site', opportunity_amount: 40_000, contact_role: 'decision_maker' },
    answer: {
      message: 'Lead converted successfully',
      data: {
        customer: { ...CUSTOMER, lead_id: BEFORE, linked: true, filled: [] }, account: { ...ACCOUNT, lead_id: BEFORE, linked: true, filled: [] },
        contact: { ...CONTACT, lead_id: BEFORE, linked: true, filled: [] },
        opportunity: {
          ...OPPORTUNITY, id: 893, name: 'TechCorp - Second site', value: 40_000, stage: 'prospecting', probability: 15, notes: null,
          created_at: AGAIN_AT,
        },
        contact_role: 'decision_maker', lead: { ...LEAD, converted_at: AGAIN_AT },
      },
    },
  },
  dry_run: {
    summary: 'What would become of it', body: { dry_run: true, create_customer: true, send_notification_email: false },
    answer: {
      message: 'The lead would be converted',
      data: {
        lead: { id: EXAMPLE_IDS.Lead, status: 'qualified' }, refusals: [],
        account: { action: 'create', fields: { kind: 'company', name: SENT.company_name, domain: 'techcorp.com', industry: SENT.industry, employees: SENT.employees, country: SENT.country, owner_id: OWNER.id } },
        contact: {
          action: 'create',
          fields: {
            full_name: 'Sarah Johnson', first_name: SENT.first_name, last_name: SENT.last_name, job_title: SENT.job_title, email: SENT.email, phone: SENT.phone,
            email_opt_out: false, do_not_call: false,
          },
        },
        customer: { action: 'create', fields: { type: 'individual', owner_id: OWNER.id } },
        opportunity: null, contact_role: null, matches: { contacts: [], accounts: [] },
        mapping: {
          version: 0,
          values: [
            { to: 'account.name', from: 'company_name', value: SENT.company_name }, { to: 'account.domain', from: 'company_domain', value: 'techcorp.com' },
            { to: 'account.industry', from: 'industry', value: SENT.industry }, { to: 'account.employees', from: 'employees', value: SENT.employees },
            { to: 'account.country', from: 'country', value: SENT.country }, { to: 'contact.full_name', from: 'person_name', value: 'Sarah Johnson' },
            { to: 'contact.first_name', from: 'first_name', value: SENT.first_name }, { to: 'contact.last_name', from: 'last_name', value: SENT.last_name },
            { to: 'contact.job_title', from: 'job_title', value: SENT.job_title }, { to: 'contact.email', from: 'email', value: SENT.email },
            { to: 'contact.phone', from: 'phone', value: SENT.phone },
          ],
        },
        owner_id: OWNER.id, notify: null,
      },
    },
  },
  lead_locked: { summary: 'Converted before', body: { create_customer: true }, ...LOCKED },
  unknown_account: {
    summary: 'An account that is not there', body: { existing_account_id: 999_999_999 },
    ...refused(DomainError.invalidField('existing_account_id', 'unknown_account', 'There is no account with the id 999999999')),
  },
  not_valid: {
    summary: 'An opportunity without a name', body: { create_customer: true, create_opportunity: true, opportunity_amount: 75_000 },
    ...refused(DomainError.invalidField('opportunity_name', 'required', 'opportunity_name is required to create an opportunity')),
  },
} satisfies Examples;
