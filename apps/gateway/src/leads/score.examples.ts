import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { CONVERTED, FIT } from './example-lead';

const SCORED_AT = '2026-03-02T14:05:09.655Z';
const ASKED_AT = '2026-03-02T14:07:31.204Z';
const POC = { behavioral_score: 45, demographic_score: 45, reason: 'Successful POC completion. High engagement from technical team.' };

const converted = { ...CONVERTED, owner_id: undefined }; // scoring doesn't know the owner
const LOCKED = refused(DomainError.conflict('lead_locked', 'Lead is converted and locked', { converted }));

const SCORE = {
  id: EXAMPLE_IDS.Lead, lead_score: FIT, computed: FIT, override: null, rating: null, is_hot: false, hot_reasons: [], mql: false, model_version: 1, scored_at: SCORED_AT,
};

export const getLeadScore = {
  fit_alone: {
    summary: 'Who she is; she has not done anything yet',
    answer: {
      message: 'Score found',
      data: {
        ...SCORE,
        contributions: [
          { part: 'demographic', rule: 'company_size', points: 1_000, because: 'employees 250 is at least 201', evidence: { employees: 250 } },
          { part: 'demographic', rule: 'industry', points: 1_200, because: 'industry technology is in tier top', evidence: { industry: 'technology' } },
          { part: 'demographic', rule: 'seniority', points: 1_400, because: 'job title has "cto": c_level', evidence: { job_title: 'CTO' } },
          {
            part: 'demographic', rule: 'email', points: 800, because: 'e-mail is business',
            evidence: { email: 'sarah.johnson@techcorp.com', email_valid: true, email_kind: 'business' },
          },
        ],
        now: ASKED_AT, as_of: ASKED_AT, approximate: [], trend: { days_7: null, days_30: null },
      },
    },
  },
  before_lead: {
    summary: 'A moment at which she was not here', parameters: { as_of: '2020-01-01T00:00:00Z' },
    ...refused(DomainError.invalidField('as_of', 'before_lead', 'as_of is before the lead was created')),
  },
} satisfies Examples;

export const overrideLeadScore = {
  both_parts: {
    summary: 'People know better', body: POC,
    answer: {
      message: 'Lead score updated',
      data: {
        ...SCORE, lead_score: { total_score: 90, behavioral_score: 45, demographic_score: 45, grade: 'A', temperature: 'hot' },
        override: { ...POC, by: 'CRM sync', at: '2026-03-06T10:12:44.090Z' }, is_hot: true, hot_reasons: ['temperature'], mql: true,
      },
    },
  },
  until_some_day: {
    summary: 'One part, for some time', body: { demographic_score: 50, expires_at: '2100-01-01T00:00:00.000Z' },
    answer: {
      message: 'Lead score updated',
      data: {
        ...SCORE, lead_score: { total_score: 50, behavioral_score: 0, demographic_score: 50, grade: 'C', temperature: 'warm' },
        override: { behavioral_score: null, demographic_score: 50, reason: null, by: 'CRM sync', at: '2026-03-06T10:12:44.090Z', expires_at: '2100-01-01T00:00:00.000Z' },
        mql: true,
      },
    },
  },
  past: {
    summary: 'Until a time that has passed', body: { demographic_score: 50, expires_at: '2020-01-01T00:00:00.000Z' },
    ...refused(DomainError.invalidField('expires_at', 'in_the_past', 'expires_at must be in the future')),
  },
  too_many_points: {
    summary: 'A part has 50 points at most', body: { behavioral_score: 51 },
    ...refused(DomainError.invalidField('behavioral_score', 'too_large', 'behavioral_score must be at most 50')),
  },
  lead_locked: { summary: 'A converted lead', body: POC, ...LOCKED },
  neither_part: {
    summary: 'A reason without a score', body: { reason: POC.reason },
    ...refused(DomainError.invalidField('behavioral_score', 'required', 'behavioral_score or demographic_score is required')),
  },
} satisfies Examples;

export const removeLeadScoreOverride = {
  back_to_computed: { summary: 'What is computed counts again', answer: { message: 'Score override removed', data: SCORE } },
  lead_locked: { summary: 'A converted lead', ...LOCKED },
} satisfies Examples;

export const listLeadScoreChanges = {
  computed_and_pinned: {
    summary: 'Computed, then pinned', parameters: { limit: 50 },
    answer: {
      message: 'Score history listed',
      data: [
        { id: 502, cause: 'override', demographic: 0, behavioral: 0, effective_total: 90, reason: POC.reason, actor: 'CRM sync', at: '2026-03-06T10:12:44.090Z' },
        { id: 501, cause: 'capture', demographic: 4_400, behavioral: 0, effective_total: 44, reason: null, actor: null, at: SCORED_AT },
      ],
      meta: { next_cursor: null },
    },
  },
} satisfies Examples;
