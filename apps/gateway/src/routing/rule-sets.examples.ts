import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';

const DOCUMENT = {
  pools: [{ name: 'enterprise', strategy: 'round_robin', teams: ['Enterprise'], max_wait_hours: 12, fallback: 'commercial' }, { name: 'commercial', strategy: 'weighted', members: ['priya.nair'] }],
  rules: [
    { name: 'Large companies', when: { field: 'employees', op: 'gte', value: 200 }, pool: 'enterprise', priority: 'high' },
    { name: 'Partners', when: { field: 'source', op: 'eq', value: 'partner' }, queue: 'partner desk' },
    { name: 'Germany', when: { field: 'country', op: 'eq', value: 'DE' }, team: 'Commercial', strategy: 'least_open' },
  ],
  default: { pool: 'commercial' },
  queues: [{ name: 'partner desk', teams: ['Commercial'] }],
  reroute_on: ['country', 'hot'],
  wait_seconds: 8,
};
const BODY = { name: 'Enterprise first', document: DOCUMENT };
const WRITTEN = { id: EXAMPLE_IDS['Rule set'], version: 2, ...BODY, created_at: '2026-03-01T09:00:00.000Z', created_by: 'CRM sync' };
const DRAFT = { ...WRITTEN, status: 'draft', activated_at: null, activated_by: null };
const ACTIVE = { ...WRITTEN, status: 'active', activated_at: '2026-03-01T09:05:00.000Z', activated_by: 'CRM sync' };
const NOT_A_DRAFT = refused(DomainError.conflict('not_a_draft', 'Version 2 is active: only a draft can be changed or deleted'));

export const createRuleSet = {
  enterprise_first: { summary: 'Large companies first, partners for people to claim', body: BODY, answer: { message: 'Rule set drafted', data: DRAFT } },
  no_default: {
    summary: 'Without a default', body: { document: { ...DOCUMENT, default: undefined } },
    ...refused(DomainError.invalidField('default', 'required', 'default is required')),
  },
  empty_pool: {
    summary: 'A pool that nobody is in', body: { document: { ...DOCUMENT, pools: [{ name: 'enterprise', strategy: 'round_robin' }, DOCUMENT.pools[1]] } },
    ...refused(DomainError.invalidField('pools.0.members', 'empty_pool', 'The pool "enterprise" has no members')),
  },
} satisfies Examples;

export const listRuleSets = {
  first_page: {
    summary: 'A draft, and what is active', parameters: { limit: 1 }, answer: { message: 'Rule sets listed', data: [DRAFT], meta: { next_cursor: '2' } },
  },
} satisfies Examples;

export const getRuleSet = {
  draft: { summary: 'A draft', answer: { message: 'Rule set found', data: DRAFT } },
} satisfies Examples;

export const replaceRuleSet = {
  another_name: { summary: 'Under another name', body: { ...BODY, name: 'Enterprise' }, answer: { message: 'Rule set replaced', data: { ...DRAFT, name: 'Enterprise' } } },
  not_a_draft: { summary: 'It is active', body: BODY, ...NOT_A_DRAFT },
} satisfies Examples;

export const deleteRuleSet = {
  draft: { summary: 'A draft', answer: { message: 'Rule set deleted', data: DRAFT } },
  not_a_draft: { summary: 'It is active', ...NOT_A_DRAFT },
} satisfies Examples;

export const activateRuleSet = {
  draft: { summary: 'A draft', answer: { message: 'Rule set activated', data: ACTIVE } },
} satisfies Examples;

const FORMER = {
  pools: [{ name: 'enterprise', strategy: 'round_robin', members: ['dana.kim'] }, { name: 'commercial', strategy: 'weighted', members: ['priya.nair'] }],
  rules: [{ name: 'Large companies', when: { field: 'employees', op: 'gte', value: 200 }, pool: 'enterprise' }],
  default: { pool: 'commercial' },
};
export const rollBackRuleSets = {
  former: {
    summary: 'The one before', answer: {
      message: 'Rule set activated', data: { ...ACTIVE, id: EXAMPLE_IDS['Rule set'] - 1, version: 1, name: null, document: FORMER },
    },
  },
  nothing_before: { summary: 'There was none before', ...refused(DomainError.conflict('nothing_to_roll_back', 'No rule set was active before the present one')) },
} satisfies Examples;
