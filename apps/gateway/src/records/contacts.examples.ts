import { DomainError, type Contact } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { ACCOUNT, CONTACT, CUSTOMER, SENT } from '../leads/example-lead';
import { CHANGED_AT } from './accounts.examples';

const CFO = {
  account_id: ACCOUNT.id, first_name: 'Omar', last_name: 'Haddad', job_title: 'CFO', email: 'omar.haddad@techcorp.com', roles: ['economic_buyer'],
} as const;
const MADE = {
  id: 457, ...CFO, roles: ['economic_buyer'], is_primary: false, salutation: null, full_name: 'Omar Haddad', phone: null, mobile: null, email_opt_out: false,
  do_not_call: false, consent: null, tags: null, custom_fields: null, filled_by: null, lead_id: null, created_at: '2026-03-12T09:00:00.000Z', updated_at: null,
} satisfies Contact;

export const listContacts = {
  of_account: {
    summary: 'Of an account', parameters: { account_id: EXAMPLE_IDS.Account, limit: 50 },
    answer: { message: 'Contacts listed', data: [CONTACT], meta: { next_cursor: null } },
  },
} satisfies Examples;

export const createContact = {
  colleague: { summary: 'A colleague', body: CFO, answer: { message: 'Contact created', data: MADE } },
  contact_exists: {
    summary: 'An e-mail that is known', body: { account_id: ACCOUNT.id, last_name: 'Johnson', email: SENT.email },
    ...refused(DomainError.conflict('contact_exists', 'Contact with this email already exists', {
      candidates: [{ customer_id: CUSTOMER.id, customer_number: CUSTOMER.customer_number, contact_id: CONTACT.id, account_id: ACCOUNT.id }],
    })),
  },
  unknown_account: {
    summary: 'An account that is not there', body: { ...CFO, account_id: 999_999_999 },
    ...refused(DomainError.invalidField('account_id', 'unknown_account', 'There is no account with this id')),
  },
  nobody: {
    summary: 'Neither name nor address', body: { account_id: ACCOUNT.id, job_title: 'CFO' },
    ...refused(DomainError.invalidField('last_name', 'required', 'A contact needs a name, an e-mail or a phone')),
  },
} satisfies Examples;

export const getContact = { converted: { summary: 'Made by a conversion', answer: { message: 'Contact found', data: CONTACT } } } satisfies Examples;

export const updateContact = {
  promoted: {
    summary: 'Another title, and a role', body: { job_title: 'CIO', roles: ['decision_maker'] },
    answer: { message: 'Contact updated', data: { ...CONTACT, job_title: 'CIO', roles: ['decision_maker'], updated_at: CHANGED_AT } },
  },
  primary_needed: {
    summary: 'The only primary one', body: { is_primary: false },
    ...refused(DomainError.conflict('primary_needed', 'An account has a primary contact: make another one primary instead')),
  },
} satisfies Examples;
