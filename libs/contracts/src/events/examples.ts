import type { TenantSettings } from '../context';
import type {
  ConvertedInto, Contribution, IntakeState, LeadScoreView, QualificationState, RoutingState, ScoreOverride, ScoringState,
} from '../lead';
import { NOTES_READER, type AssessmentSummary, type ElementSummary } from '../requests/assessments';

/**
 * What the examples of events are made of: Sarah Johnson of TechCorp, lead 1234, from her form to the opportunity. The test run
 * holds every example to the schema that is published with it.
 */
export const LEAD = 1234;
export const ACCOUNT = 345;
export const CONTACT = 456;
export const CUSTOMER = 567;
export const OPPORTUNITY = 890;
export const SUBMISSION = '019b2a6e-5c1f-7d3a-9b42-6f0e8c5d1a77';
export const PRIYA = { id: 3, name: 'Priya Nair' };

export const CAPTURED_AT = '2025-12-15T09:30:00.000Z';
export const CONTACTED_AT = '2025-12-16T10:00:00.000Z';
export const QUALIFIED_AT = '2025-12-17T14:30:00.000Z';
export const CONVERTED_AT = '2025-12-17T15:00:00.000Z';

export const DEMO: TenantSettings = {
  id: 'demo', currency: 'USD', time_zone: 'America/New_York', picklists: { industries: [], sources: [] },
  policies: { require_owner: false },
};

export const CAPTURED: IntakeState = {
  lead_id: LEAD,
  revision: 1,
  created_at: CAPTURED_AT,
  updated_at: CAPTURED_AT,
  profile: {
    first_name: 'Sarah', last_name: 'Johnson', full_name: 'Sarah Johnson', company_name: 'TechCorp Inc', job_title: 'CTO',
    industry: 'technology', employees: 250, email: 'sarah.johnson@techcorp.com', phone: '+1-555-0123', country: 'US',
  },
  facts: { email_valid: true, phone_valid: false, mobile_valid: null, email_kind: 'business', company_domain: 'techcorp.com' },
  attribution: { source: 'web', channel: 'direct', entry: 'form', campaign: null },
};

/** Of the form alone: fit, and one submission. */
const COMPUTED: LeadScoreView = { total_score: 54, behavioral_score: 10, demographic_score: 44, grade: 'C', temperature: 'warm' };

export const CONTRIBUTIONS: Contribution[] = [
  { part: 'demographic', rule: 'company_size', points: 1_000, because: 'employees 250 is at least 201' },
  { part: 'demographic', rule: 'industry', points: 1_200, because: 'industry technology is in tier top' },
  { part: 'demographic', rule: 'seniority', points: 1_400, because: 'job title has "cto": c_level' },
  { part: 'demographic', rule: 'email', points: 800, because: 'e-mail is business' },
  { part: 'behavioral', rule: 'signal.form_submission', points: 1_000, because: '1 × form_submission, the latest within a day' },
];

export const SCORED: ScoringState = {
  lead_id: LEAD, revision: 1, effective: COMPUTED, computed: COMPUTED, override: null, rating: null,
  is_hot: false, hot_reasons: [], mql: true, model_version: 1, scored_at: '2025-12-15T09:30:00.250Z',
};

export const RATED: ScoringState = {
  ...SCORED, revision: 2, rating: 4, is_hot: true, hot_reasons: ['rating'], scored_at: CONTACTED_AT,
};

export const ROUTED: RoutingState = {
  lead_id: LEAD, revision: 1, owner: PRIYA, team: { id: 2, name: 'Commercial' }, priority: 'normal', next_follow_up: null,
  because: 'no rule held → pool commercial, weighted: furthest behind its share of 2 in 3', decision_id: 77,
};

export const NOBODY_AVAILABLE = 'no rule held → nobody available in pool commercial';

export const WAITING: RoutingState = {
  ...ROUTED, owner: null, team: null, because: NOBODY_AVAILABLE,
};

export const BANT = 'BANT qualified: Budget $75K approved Q1, Authority confirmed (CTO decision maker), Need is integration platform for '
  + 'scaling operations, Timeline is 90 days for implementation.';

export const OVERRIDE: ScoreOverride = { behavioral_score: 48, demographic_score: 42, reason: BANT, by: 'Priya Nair', at: QUALIFIED_AT };

export const CONTACTED: QualificationState = {
  lead_id: LEAD, revision: 2, status: 'contacted', lifecycle_stage: 'mql', cycle: 1, in_status_since: CONTACTED_AT,
  first_contacted_at: CONTACTED_AT, qualified_at: null, disqualification_reason: null, notes: 'Spoke to Sarah, budget is there',
};

export const QUALIFIED: QualificationState = {
  ...CONTACTED, revision: 3, status: 'qualified', lifecycle_stage: 'sql', in_status_since: QUALIFIED_AT, qualified_at: QUALIFIED_AT,
  notes: BANT,
};

const FOUND_OUT: ElementSummary[] = [
  { element: 'budget', status: 'confirmed', value: '75,000 USD, approved', points: 25, by: 'Priya Nair', at: QUALIFIED_AT, proposed: false },
  { element: 'authority', status: 'confirmed', value: 'decision maker: CTO', points: 25, by: 'Priya Nair', at: QUALIFIED_AT, proposed: false },
  { element: 'need', status: 'partial', value: null, points: 15, by: NOTES_READER, at: QUALIFIED_AT, proposed: true },
  { element: 'timeline', status: 'partial', value: 'within 90 days', points: 15, by: NOTES_READER, at: QUALIFIED_AT, proposed: true },
];

export const ASSESSED: AssessmentSummary =
  { framework: 'bant', version: 0, score: 80, verdict: 'complete', missing: [], elements: FOUND_OUT };

export const CONVERTED_INTO: ConvertedInto = {
  converted_at: CONVERTED_AT, account_id: ACCOUNT, contact_id: CONTACT, customer_id: CUSTOMER, opportunity_id: OPPORTUNITY,
  owner_id: PRIYA.id,
};

export const TOUCH = {
  submission_id: SUBMISSION, at: CAPTURED_AT, entry: 'form', inlet: null, channel: 'direct', source: 'web', campaign: null, utm: null, click_ids: null, page_url: null,
  referrer: null,
};
export const ATTRIBUTION: Record<string, unknown> = {
  source: 'web', source_raw: null, channel: 'direct', entry: 'form', campaign: null,
  first_touch: TOUCH, last_touch: TOUCH, lead_creating_touch: TOUCH,
  score: { total_score: 90, behavioral_score: 48, demographic_score: 42, grade: 'A', temperature: 'hot' }, score_overridden: true,
  rating: 4, model_version: 1, owner: PRIYA, team: { id: 2, name: 'Commercial' },
  captured_at: CAPTURED_AT, first_contacted_at: CONTACTED_AT, qualified_at: QUALIFIED_AT, converted_at: CONVERTED_AT, cycle: 1,
  time_in_status_ms: { new: 88_200_000, contacted: 102_600_000, qualified: 1_800_000 },
};
