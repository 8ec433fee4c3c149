import { DomainError, type NurtureEnrolment, type NurtureRules } from '@headwater/contracts';
import { refused, type Examples } from '../documents/example';
import { LOCKED } from '../leads/leads.examples';
import { standingAs } from '../qualification/commands.examples';

const RULES: NurtureRules = {
  stage: 'problem', recycle_after_days: 180,
  enrol: [
    { name: 'No budget yet', when: { field: 'reason', op: 'in', value: ['no_budget', 'no_timeline', 'not_ready'] }, stage: 'solution', recycle_after_days: 90 },
    { name: 'Students', from: ['new', 'contacted', 'disqualified'], when: { field: 'tags', op: 'has_any', value: ['student'] } },
  ],
  exits: [
    { name: 'Demo request', when: { field: 'signal.type', op: 'eq', value: 'demo_request' } },
    {
      name: 'Pricing download',
      when: { all: [{ field: 'signal.type', op: 'eq', value: 'content_download' }, { field: 'signal.about', op: 'matches_word', value: 'pricing' }] },
    },
    { name: 'Promising', when: { field: 'score.total', op: 'gte', value: 70 } },
    { name: 'Warm after a month', when: { field: 'score.temperature', op: 'in', value: ['warm', 'hot'] }, after_days: 30 },
  ],
};

const WRITTEN = { version: 1, document: RULES, created_at: '2026-03-01T08:00:00.000Z', created_by: 'CRM sync' };
const LATER = 'Budget comes with the next fiscal year';
const CALLED = 'Called: the budget is there';
const SINCE = '2026-03-09T14:30:00.207Z';
const BACK = '2026-03-20T10:00:00.118Z';

const ENROLLED: NurtureEnrolment = {
  number: 1, stage: 'solution', enrolled_at: SINCE, enrolled_by: 'CRM sync', because: 'a person said so', recycle_date: null, next_at: null,
  exited_at: null, exited_by: null, exit: null, trigger: null, exit_because: null,
};
const EXITED: NurtureEnrolment = { ...ENROLLED, exited_at: BACK, exited_by: 'CRM sync', exit: 'person', exit_because: 'a person took it up again' };

export const nurtureLead = {
  looks_for_a_solution: {
    summary: 'Not now', body: { stage: 'solution', notes: LATER },
    answer: { message: 'Lead is nurtured', data: { ...standingAs('nurturing', { in_status_since: SINCE, notes: LATER }), enrolment: ENROLLED } },
  },
  date_in_past: {
    summary: 'A day that is over', body: { recycle_date: '2020-01-31' },
    ...refused(DomainError.invalidField('recycle_date', 'date_in_past', 'recycle_date must be after today')),
  },
  lead_locked: { summary: 'A converted lead', body: {}, ...LOCKED },
} satisfies Examples;

export const reengageLead = {
  called: {
    summary: 'She called', body: { notes: CALLED },
    answer: { message: 'Lead re-engaged', data: { ...standingAs('contacted', { in_status_since: BACK, first_contacted_at: BACK, notes: CALLED }), enrolment: EXITED } },
  },
} satisfies Examples;

export const listLeadNurturing = {
  nurtured: { summary: 'She is nurtured', answer: { message: 'Enrolments listed', data: [ENROLLED] } },
} satisfies Examples;

export const getNurtureRules = {
  own: { summary: 'Of its own', answer: { message: 'Nurture rules found', data: WRITTEN } },
} satisfies Examples;

export const replaceNurtureRules = {
  own: {
    summary: 'Whoever has no budget is nurtured, and is back when they want a demo, or prices, or score well', body: RULES,
    answer: { message: 'Nurture rules replaced', data: WRITTEN },
  },
  unknown_field_in_rule: {
    summary: 'A condition over what nobody knows', body: { ...RULES, exits: [{ name: 'Mood', when: { field: 'mood', op: 'eq', value: 'good' } }] },
    ...refused(DomainError.invalidField('exits.0.when.field', 'unknown_field', "There is no field 'mood'.")),
  },
} satisfies Examples;
