import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { ELSEWHERE, FIT, OWNER, ROUTED, SENT } from '../leads/example-lead';
import { LOCKED } from '../leads/leads.examples';

const { Lead, Merge } = EXAMPLE_IDS;
const OTHER = ELSEWHERE.id;
const TITLES = [{ lead_id: Lead, value: SENT.job_title }, { lead_id: OTHER, value: ELSEWHERE.job_title }];

const said = (field: 'company_name' | 'industry' | 'employees' | 'phone' | 'country', rule = 'primary') =>
  ({ field, value: SENT[field], from: Lead, rule, values: [{ lead_id: Lead, value: SENT[field] }], conflict: false });
const both = (field: 'first_name' | 'last_name' | 'full_name' | 'email') => {
  const values = [{ lead_id: Lead, value: ROUTED[field] }, { lead_id: OTHER, value: ELSEWHERE[field] }];
  return { field, value: ROUTED[field], from: Lead, rule: 'primary', values, conflict: ROUTED[field] !== ELSEWHERE[field] };
};
const decidedBy = (title: object) => [
  both('first_name'), both('last_name'), both('full_name'), said('company_name'), { field: 'job_title', ...title, values: TITLES, conflict: true },
  said('industry'), said('employees'), both('email'), said('phone'), said('country', 'block'),
];

export const previewMerge = {
  two_addresses: {
    summary: 'One person with two addresses', body: { lead_ids: [OTHER] },
    answer: {
      message: 'Merge previewed',
      data: {
        primary_id: Lead, lead_ids: [OTHER], fields: decidedBy({ value: SENT.job_title, from: Lead, rule: 'primary' }),
        consequences: { status: 'new', owner: OWNER, rating: null, lead_score: FIT }, missing: [],
      },
    },
  },
} satisfies Examples;

const CHOSEN = { job_title: { from: OTHER } };
const REASON = 'Same person: she told us at the fair';
const DONE = {
  id: Merge, primary_id: Lead, lead_ids: [OTHER], state: 'done', reason: REASON, merged_at: '2026-03-04T10:12:00.310Z', merged_by: 'CRM sync',
  fields: decidedBy({ value: ELSEWHERE.job_title, from: OTHER, rule: 'chosen' }), undone_at: null, undone_by: null, conflicts: [],
} as const;
const TITLED = { ...ROUTED, job_title: ELSEWHERE.job_title };

const inTo = (lead: number) => refused(DomainError.conflict('lead_merged', `Lead ${OTHER} is merged into lead ${lead}`, { primary_id: lead }));

export const mergeLeads = {
  two_addresses: {
    summary: 'One person with two addresses: the other title is the better one', body: { lead_ids: [OTHER], fields: CHOSEN, reason: REASON },
    answer: { message: 'Leads merged', data: { merge: DONE, lead: TITLED } },
  },
  lead_merged: { summary: 'Merged before', body: { lead_ids: [OTHER] }, ...inTo(Lead) },
  lead_locked: { summary: 'One of them is converted', body: { lead_ids: [OTHER] }, ...LOCKED },
  changed_meanwhile: {
    summary: 'A lead that was changed since it was read', body: { lead_ids: [OTHER], if_match: { [OTHER]: '"i7.s1.r1.q1"' } },
    ...refused(new DomainError({ kind: 'precondition', code: 'precondition_failed', detail: 'The lead was changed meanwhile', more: { revision: 1 } })),
  },
  not_valid: {
    summary: 'A value of a lead that takes no part', body: { lead_ids: [OTHER], fields: { job_title: { from: 1 } } },
    ...refused(DomainError.invalidField('fields.job_title.from', 'unknown_value', 'fields.job_title.from must be one of the leads that are merged')),
  },
} satisfies Examples;

export const listLeadMerges = { of_the_primary: { summary: 'One merge', answer: { message: 'Merges listed', data: [DONE] } } } satisfies Examples;

export const getMerge = { done: { summary: 'A merge, and what was decided', answer: { message: 'Merge found', data: DONE } } } satisfies Examples;

export const unmergeLeads = {
  mistaken: {
    summary: 'Two persons after all', body: {},
    answer: { message: 'Leads unmerged', data: { merge: { ...DONE, state: 'undone', undone_at: '2026-03-05T08:00:12.077Z', undone_by: 'CRM sync' } } },
  },
  tried_out: { summary: 'What would stay as it is', body: { dry_run: true }, answer: { message: 'Unmerge tried out', data: { merge: DONE } } },
  not_merged: { summary: 'Taken back before', body: {}, ...refused(DomainError.conflict('not_merged', 'The merge was taken back before')) },
} satisfies Examples;

const POLICY = { default: 'newest', fields: { tags: 'union', custom_fields: 'union', email_opt_out: 'strictest', do_not_call: 'strictest', employees: 'max' } };
const policyAnswered = (message: string) => ({ message, data: { version: 1, document: POLICY, created_at: '2026-03-01T09:00:00.000Z', created_by: 'CRM sync' } });

export const getMergePolicy = { own_policy: { summary: 'A policy of their own', answer: policyAnswered('Merge policy found') } } satisfies Examples;

export const replaceMergePolicy = {
  own_policy: { summary: 'What was said last, but the largest headcount', body: POLICY, answer: policyAnswered('Merge policy replaced') },
  not_applicable: {
    summary: 'A strategy that can not decide', body: { default: 'newest', fields: { job_title: 'sum' } },
    ...refused(DomainError.invalidField('fields.job_title', 'not_applicable', "sum can't decide about job_title")),
  },
} satisfies Examples;
