import { DomainError, type Account } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { ACCOUNT, OWNER } from '../leads/example-lead';

const UNCHANGED_SINCE = '"1"';
export const CHANGED_AT = '2026-03-12T10:20:00.114Z';

const NORDWIND = { name: 'Nordwind AG', domain: 'nordwind.example', industry: 'logistics', employees: 120, country: 'DE', tags: ['partner'] } as const;
const MADE = {
  id: 346, kind: 'company', ...NORDWIND, tags: ['partner'], website: null, annual_revenue: null, street: null, city: null, state: null, postal_code: null,
  custom_fields: null, filled_by: null, owner_id: null, lead_id: null, created_at: '2026-03-12T09:00:00.000Z', updated_at: null,
} satisfies Account;

export const listAccounts = {
  by_words: {
    summary: 'By the beginning of a word of its name', parameters: { q: 'techc', limit: 50 },
    answer: { message: 'Accounts listed', data: [ACCOUNT], meta: { next_cursor: null } },
  },
} satisfies Examples;

export const createAccount = {
  company: { summary: 'A company that no lead came from', body: NORDWIND, answer: { message: 'Account created', data: MADE } },
  similar: {
    summary: 'One like another: it is made, with a remark', body: { name: ACCOUNT.name, country: ACCOUNT.country },
    answer: {
      message: 'Account created',
      data: { ...MADE, id: 347, name: ACCOUNT.name, domain: null, industry: null, employees: null, country: 'US', tags: null },
      warnings: [{
        code: 'account_similar', detail: 'There are accounts of this domain, or of this name in the same country',
        candidates: [{ account_id: ACCOUNT.id, name: ACCOUNT.name, domain: ACCOUNT.domain }],
      }],
    },
  },
  unknown_rep: {
    summary: 'An owner who is not there', body: { ...NORDWIND, owner_id: 999_999_999 },
    ...refused(DomainError.invalidField('owner_id', 'unknown_rep', 'There is no rep with this id')),
  },
  wrong_domain: {
    summary: 'A domain that is none', body: { name: NORDWIND.name, domain: 'nordwind' },
    ...refused(DomainError.invalidField('domain', 'wrong_format', 'domain must be a domain like techcorp.com')),
  },
} satisfies Examples;

export const getAccount = { converted: { summary: 'Made by a conversion', answer: { message: 'Account found', data: ACCOUNT } } } satisfies Examples;

export const updateAccount = {
  renamed: {
    summary: 'Another name, and a field of your own', parameters: { 'If-Match': UNCHANGED_SINCE },
    body: { name: 'TechCorp International', owner_id: OWNER.id, custom_fields: { tier: 'gold' } },
    answer: { message: 'Account updated', data: { ...ACCOUNT, name: 'TechCorp International', custom_fields: { tier: 'gold' }, updated_at: CHANGED_AT } },
  },
  changed_meanwhile: {
    summary: 'Somebody else was faster', parameters: { id: EXAMPLE_IDS.Account, 'If-Match': UNCHANGED_SINCE }, body: { city: 'Boston' },
    ...refused(DomainError.changedMeanwhile('record')),
  },
} satisfies Examples;
