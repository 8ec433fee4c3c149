import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { ELSEWHERE, FIT, OWNER, ROUTED, SENT } from '../leads/example-lead';
import { LOCKED } from '../leads/leads.examples';
import { SARA, SARA_ID } from '../matching/duplicates.examples';

const { Lead, Merge } = EXAMPLE_IDS;
const OTHER = ELSEWHERE.id;
const TITLES = [{ lead_id: Lead, value: SENT.job_title }, { lead_id: OTHER, value: ELSEWHERE.job_title }];

type Known = Partial<Record<string, unknown>>;

/** What the two say of a field, and what survives of it. */
const decided = (other: Known & { id: number }) => (field: keyof typeof ROUTED, rule = 'primary') => {
  const values = [{ lead_id: Lead, value: ROUTED[field] }, { lead_id: other.id, value: other[field] ?? null }].filter(({ value }) => value !== null);
  return { field, value: ROUTED[field], from: Lead, rule, values, conflict: values.some(({ value }) => value !== ROUTED[field]) };
};
const of = decided(ELSEWHERE);
const decidedBy = (title: object) => [
  of('first_name'), of('last_name'), of('full_name'), of('company_name'), { field: 'job_title', ...title, values: TITLES, conflict: true },
  of('industry'), of('employees'), of('email'), of('phone'), of('country', 'block'),
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
    summary: 'A lead that was changed since it was read', body: { lead_ids: [OTHER], if_match: [{ lead_id: OTHER, etag: '"i7.s1.r1.q1"' }] },
    ...refused(DomainError.changedMeanwhile('lead', { revision: 1 })),
  },
  not_valid: {
    summary: 'A value of a lead that takes no part', body: { lead_ids: [OTHER], fields: { job_title: { from: 1 } } },
    ...refused(DomainError.invalidField('fields.job_title.from', 'unknown_value', 'fields.job_title.from must be one of the leads that are merged')),
  },
} satisfies Examples;

const ofSara = decided({ ...SARA, id: SARA_ID, full_name: 'Sara Johnson' });

export const mergeDuplicateReview = {
  one_person: {
    summary: 'They are one', body: { reason: REASON },
    answer: {
      message: 'Leads merged',
      data: {
        merge: {
          ...DONE, lead_ids: [SARA_ID],
          fields: [
            ofSara('first_name'), ofSara('last_name'), ofSara('full_name'), ofSara('company_name'), ofSara('job_title'), ofSara('industry'), ofSara('employees'),
            ofSara('email'), ofSara('phone'), ofSara('country', 'block'),
          ],
        },
        lead: ROUTED,
      },
    },
  },
  not_valid: {
    summary: 'A third lead as the primary', body: { primary_id: 1 },
    ...refused(DomainError.invalidField('primary_id', 'unknown_value', 'primary_id must be one of the two leads of the review')),
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

const POLICY = { default: 'newest', fields: { tags: 'union', custom_fields: 'union', email_opt_out: 'strictest', do_not_call: 'strictest', employees: 'max' }, auto_update: 'none' };
const policyAnswered = (message: string) => ({ message, data: { version: 1, document: POLICY, created_at: '2026-03-01T09:00:00.000Z', created_by: 'CRM sync' } });

export const getMergePolicy = { own_policy: { summary: 'A policy of their own', answer: policyAnswered('Merge policy found') } } satisfies Examples;

export const replaceMergePolicy = {
  own_policy: { summary: 'What was said last, but the largest headcount', body: POLICY, answer: policyAnswered('Merge policy replaced') },
  unknown_value: {
    summary: 'What is in question can not be merged without a person', body: { default: 'newest', auto_update: 'review' },
    ...refused(DomainError.invalidField('auto_update', 'unknown_value', 'auto_update must be one of none, same')),
  },
  not_applicable: {
    summary: 'A strategy that can not decide', body: { default: 'newest', fields: { job_title: 'sum' } },
    ...refused(DomainError.invalidField('fields.job_title', 'not_applicable', "sum can't decide about job_title")),
  },
} satisfies Examples;
