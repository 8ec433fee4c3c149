import { DomainError, STATUS_LABELS, type QualificationState, type Status } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { CAPTURED_AT } from '../leads/example-lead';
import { LOCKED } from '../leads/leads.examples';
import { standingView, type LeadStanding } from './standing';

const MOVED_AT = '2026-03-02T15:20:31.004Z';
const NO_BUDGET = 'No budget before the third quarter.';

/** Sarah Johnson's lead as qualification knows it, a moment after it came in. */
const STATE: QualificationState = {
  lead_id: EXAMPLE_IDS.Lead, revision: 1, status: 'new', lifecycle_stage: 'suspect', cycle: 1, in_status_since: CAPTURED_AT, first_contacted_at: null,
  qualified_at: null, disqualification_reason: null, notes: null, ever_qualified: false,
};
export const standingAs = (status: Status, given: Partial<LeadStanding> = {}): LeadStanding => ({
  ...standingView(STATE), status, status_label: STATUS_LABELS[status], in_status_since: MOVED_AT, ...given,
});

/** What a caller gets who was too late. */
const MOVED = { ...STATE, revision: 2, status: 'contacted', in_status_since: MOVED_AT, first_contacted_at: MOVED_AT, notes: null } satisfies QualificationState;
const changedMeanwhile = refused(DomainError.changedMeanwhile('lead', {
  revision: 2, lead_status: 'contacted', allowed: ['nurturing', 'disqualified'], qualification: MOVED,
}));

export const contactLead = {
  called: {
    summary: 'Somebody has called', body: {},
    answer: { message: 'Lead contacted', data: standingAs('contacted', { first_contacted_at: MOVED_AT }) },
  },
} satisfies Examples;

export const disqualifyLead = {
  no_budget: {
    summary: 'Not now', body: { disqualification_reason: 'no_budget', notes: NO_BUDGET },
    answer: { message: 'Lead disqualified', data: standingAs('disqualified', { disqualification_reason: 'no_budget', notes: NO_BUDGET }) },
  },
  and_nurtured: {
    summary: 'Not now, but later', body: { disqualification_reason: 'no_budget', notes: NO_BUDGET, then: 'nurture', nurture: { stage: 'solution' } },
    answer: { message: 'Lead disqualified', data: standingAs('nurturing', { notes: NO_BUDGET }) },
  },
  changed_meanwhile: {
    summary: 'Somebody else was faster', parameters: { 'If-Match': '"q1"' }, body: { disqualification_reason: 'no_need' }, ...changedMeanwhile,
  },
  unknown_reason: {
    summary: 'A reason that there is not', body: { disqualification_reason: 'bad_mood' },
    ...refused(DomainError.invalidField('disqualification_reason', 'unknown_value',
      'disqualification_reason must be one of no_budget, no_authority, no_need, no_timeline, bad_fit, competitor, not_ready, unreachable, duplicate, invalid_data, spam, consent_withdrawn')),
  },
  lead_locked: { summary: 'A converted lead', body: { disqualification_reason: 'no_need' }, ...LOCKED },
} satisfies Examples;

export const reopenLead = {
  disqualified: {
    summary: 'She has a budget now', body: { notes: 'The budget came early.' },
    answer: { message: 'Lead reopened', data: standingAs('new', { lifecycle_stage: 'lead', cycle: 2, notes: 'The budget came early.' }) },
  },
  not_disqualified: {
    summary: 'A lead that is open', body: {},
    ...refused(DomainError.conflict('invalid_transition', 'A lead that is new does not follow reopen', {
      lead_status: 'new', allowed: ['contacted', 'nurturing', 'disqualified'], commands: ['contact', 'qualify', 'disqualify', 'nurture'],
    })),
  },
} satisfies Examples;
