import type { ConvertedInto, Customer, LeadScoreView } from '@headwater/contracts';
import { EXAMPLE_IDS } from '../documents/example';
import type { Lead } from './lead';

/** The lead of the documents, Sarah Johnson of TechCorp, at the stations of her way. */

export const SENT = {
  first_name: 'Sarah', last_name: 'Johnson', email: 'sarah.johnson@techcorp.com', phone: '+1-555-0123', company_name: 'TechCorp Inc', job_title: 'CTO',
  employees: 250, industry: 'technology', country: 'US', source: 'web',
} as const;

export const CAPTURED_AT = '2026-03-02T14:05:09.412Z';
export const OWNER = { id: 31, name: 'Dana Kim' };
export const TEAM = { id: 3, name: 'Enterprise' };

const { source, ...profile } = SENT;

/** As she came in: nobody has scored or routed her yet. */
export const CAPTURED = {
  id: EXAMPLE_IDS.Lead,
  salutation: null, full_name: 'Sarah Johnson', ...profile, annual_revenue: null, website: null, phone_extension: null, mobile: null,
  budget: null, timeline: null, estimated_value: null, currency: null, probability: null,
  street: null, city: null, state: null, postal_code: null, description: null, tags: [], custom_fields: {},
  email_opt_out: false, do_not_call: false, consent: null, email_valid: true, email_kind: 'business', email_mx: null, phone_valid: false, mobile_valid: null,
  source, channel: 'direct', entry: 'api', campaign: null,
  status: 'new', status_label: 'New', lifecycle_stage: null, rating: null, is_hot: null, hot_reasons: null, mql: null, lead_score: null,
  qualified_at: null, disqualification_reason: null, contact_attempts: null, owner: null, team: null, priority: null, next_follow_up: null, notes: null, pending_changes: 0,
  converted_at: null, account_id: null, contact_id: null, customer_id: null, opportunity_id: null, reengaged_from: null, merged_into: null,
  created_at: CAPTURED_AT, updated_at: CAPTURED_AT,
} satisfies Lead;

export const CREATED_BECAUSE = 'nobody with this e-mail, phone or external id is known';

export const FIT: LeadScoreView = { total_score: 44, behavioral_score: 0, demographic_score: 44, grade: 'C', temperature: 'suspect' };

/** A moment later. */
export const ROUTED = {
  ...CAPTURED, lifecycle_stage: 'suspect', is_hot: false, hot_reasons: [], mql: false, lead_score: FIT, owner: OWNER, team: TEAM, priority: 'normal',
} satisfies Lead;

/** What a form says of her later, and what she is after it: interested, and of the same title until somebody accepts another one. */
export const BY_FORM = {
  ...SENT, job_title: 'Chief Technology Officer', consent: { text_version: 'privacy-2026-01', at: '2026-03-05T08:30:00.000Z', origin: 'https://acme.example/demo' },
} as const;
export const INTERESTED = {
  ...ROUTED, consent: BY_FORM.consent, lifecycle_stage: 'mql', mql: true, priority: 'high', pending_changes: 1,
  lead_score: { total_score: 54, behavioral_score: 10, demographic_score: 44, grade: 'C', temperature: 'warm' },
} satisfies Lead;

/** The same person, by another address. */
export const ELSEWHERE_SENT = {
  first_name: 'Sarah', last_name: 'Johnson', email: 'sarah@johnson.example', job_title: 'Chief Technology Officer', source: 'event',
} as const;
export const ELSEWHERE = {
  ...CAPTURED, ...ELSEWHERE_SENT, id: 1240, company_name: null, employees: null, industry: null, phone: null, phone_valid: null, country: null, channel: 'event',
} satisfies Lead;

export const PINNED: LeadScoreView = { total_score: 90, behavioral_score: 48, demographic_score: 42, grade: 'A', temperature: 'hot' };

export const CONVERTED_AT = '2026-03-09T15:00:00.518Z';

export const CONVERTED: ConvertedInto = {
  converted_at: CONVERTED_AT, account_id: EXAMPLE_IDS.Account, contact_id: EXAMPLE_IDS.Contact, customer_id: EXAMPLE_IDS.Customer, opportunity_id: EXAMPLE_IDS.Opportunity,
  owner_id: OWNER.id,
};

export const CUSTOMER = {
  id: EXAMPLE_IDS.Customer, customer_number: 'CUST-000567', first_name: 'Sarah', last_name: 'Johnson', company_name: 'TechCorp Inc',
  email: SENT.email, phone: SENT.phone, type: 'individual', status: 'active', account_id: EXAMPLE_IDS.Account, contact_id: EXAMPLE_IDS.Contact,
  tags: null, custom_fields: null, owner_id: OWNER.id, lead_id: EXAMPLE_IDS.Lead, created_at: CONVERTED_AT, updated_at: null,
} satisfies Customer;

export const ACCOUNT = {
  id: EXAMPLE_IDS.Account, kind: 'company', name: 'TechCorp Inc', domain: 'techcorp.com', website: null, industry: 'technology', employees: 250, annual_revenue: null,
  street: null, city: null, state: null, postal_code: null, country: 'US', tags: null, custom_fields: null, filled_by: null, owner_id: OWNER.id, lead_id: EXAMPLE_IDS.Lead,
  created_at: CONVERTED_AT, updated_at: null,
} as const;

export const CONTACT = {
  id: EXAMPLE_IDS.Contact, account_id: EXAMPLE_IDS.Account, is_primary: true, salutation: null, first_name: 'Sarah', last_name: 'Johnson', full_name: 'Sarah Johnson',
  job_title: 'CTO', email: SENT.email, phone: SENT.phone, mobile: null, email_opt_out: false, do_not_call: false, consent: null,
  roles: null, tags: null, custom_fields: null, filled_by: null, lead_id: EXAMPLE_IDS.Lead, created_at: CONVERTED_AT, updated_at: null,
} as const;

export const OPPORTUNITY = {
  id: EXAMPLE_IDS.Opportunity, name: 'TechCorp - Enterprise Integration Platform', value: 75_000, currency: 'USD', stage: 'proposal', probability: 55,
  expected_close_date: '2099-06-15', customer_id: EXAMPLE_IDS.Customer, account_id: EXAMPLE_IDS.Account, lead_id: EXAMPLE_IDS.Lead, owner_id: OWNER.id,
  notes: 'Lead converted after successful demo and BANT qualification. Proposal to be delivered by Dec 20.', tags: null, custom_fields: null, filled_by: null,
  created_at: CONVERTED_AT, updated_at: null, closed_at: null, lost_reason: null,
} as const;
