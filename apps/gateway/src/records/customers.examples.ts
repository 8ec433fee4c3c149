import { DomainError, type Customer } from '@headwater/contracts';
import { refused, type Examples } from '../documents/example';
import { ACCOUNT, CONTACT, CUSTOMER, OWNER, SENT } from '../leads/example-lead';
import { CHANGED_AT } from './accounts.examples';

export const searchCustomers = {
  by_email: { summary: 'Whether somebody is a customer', parameters: { q: SENT.email, limit: 50 }, answer: { message: 'Customers listed', data: [CUSTOMER] } },
  by_words: { summary: 'By words of the person and the company', parameters: { q: 'johns techcorp', limit: 50 }, answer: { message: 'Customers listed', data: [CUSTOMER] } },
  by_phone: { summary: 'By part of a phone number', parameters: { q: '555-0123', limit: 50 }, answer: { message: 'Customers listed', data: [CUSTOMER] } },
  without_question: {
    summary: 'A search for nothing', ...refused(DomainError.invalidField('q', 'required', 'q is required')),
  },
} satisfies Examples;

export const listCustomers = {
  of_rep: {
    summary: 'Active ones of a rep', parameters: { owner_id: OWNER.id, status: 'active', limit: 50 },
    answer: { message: 'Customers listed', data: [CUSTOMER], meta: { next_cursor: null } },
  },
} satisfies Examples;

const MADE = {
  id: 568, customer_number: 'CUST-000568', first_name: 'Omar', last_name: 'Haddad', company_name: 'TechCorp Inc', email: 'omar.haddad@techcorp.com', phone: null,
  type: 'individual', status: 'active', account_id: ACCOUNT.id, contact_id: 457, tags: null, custom_fields: null, owner_id: OWNER.id, lead_id: null,
  created_at: '2026-03-12T09:30:00.000Z', updated_at: null,
} satisfies Customer;

export const createCustomer = {
  colleague: {
    summary: 'A colleague, who is a contact already', body: { account_id: ACCOUNT.id, contact_id: 457 }, answer: { message: 'Customer created', data: MADE },
  },
  customer_exists: {
    summary: 'Somebody who is a customer', body: { account_id: ACCOUNT.id, contact_id: CONTACT.id },
    ...refused(DomainError.conflict('customer_exists', 'This contact is a customer already', {
      candidates: [{ customer_id: CUSTOMER.id, customer_number: CUSTOMER.customer_number, contact_id: CONTACT.id, account_id: ACCOUNT.id }],
    })),
  },
  unknown_contact: {
    summary: 'A contact who is not there', body: { account_id: ACCOUNT.id, contact_id: 999_999_999 },
    ...refused(DomainError.invalidField('contact_id', 'unknown_contact', 'There is no contact with this id')),
  },
} satisfies Examples;

export const getCustomer = { converted: { summary: 'Converted from a lead', answer: { message: 'Customer found', data: CUSTOMER } } } satisfies Examples;

export const updateCustomer = {
  moved_on: {
    summary: 'What the contact and the account keep, in one', body: { last_name: 'Johnson-Reed', company_name: 'TechCorp International', tags: ['reference'] },
    answer: {
      message: 'Customer updated',
      data: { ...CUSTOMER, last_name: 'Johnson-Reed', company_name: 'TechCorp International', tags: ['reference'], updated_at: CHANGED_AT },
    },
  },
  wrong_email: {
    summary: 'An e-mail that is none', body: { email: 'sarah' },
    ...refused(DomainError.invalidField('email', 'wrong_format', 'email must be an e-mail address')),
  },
} satisfies Examples;
