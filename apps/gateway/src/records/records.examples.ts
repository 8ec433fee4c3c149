import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { ACCOUNT, CONTACT, CUSTOMER, OPPORTUNITY, OWNER, SENT } from '../leads/example-lead';

export const searchCustomers = {
  by_email: { summary: 'Whether somebody is a customer', parameters: { q: SENT.email, limit: 50 }, answer: { message: 'Customers listed', data: [CUSTOMER] } },
  without_question: {
    summary: 'A search for nothing', ...refused(DomainError.invalidField('q', 'required', 'q is required')),
  },
} satisfies Examples;

export const getCustomer = { converted: { summary: 'Converted from a lead', answer: { message: 'Customer found', data: CUSTOMER } } } satisfies Examples;
export const getAccount = { converted: { summary: 'Made by a conversion', answer: { message: 'Account found', data: ACCOUNT } } } satisfies Examples;
export const getContact = { converted: { summary: 'Made by a conversion', answer: { message: 'Contact found', data: CONTACT } } } satisfies Examples;
export const getOpportunity = { converted: { summary: 'Made by a conversion', answer: { message: 'Opportunity found', data: OPPORTUNITY } } } satisfies Examples;

const NEW_AND_OPEN = { updated_at: null, closed_at: null, lost_reason: null } as const;
const EXPANSION = {
  name: 'TechCorp - Platform Expansion', customer_id: EXAMPLE_IDS.Customer, lead_id: EXAMPLE_IDS.Lead, value: 50_000, stage: 'proposal', expected_close_date: '2099-02-28',
} as const;

export const createOpportunity = {
  expansion: {
    summary: 'A further deal of a customer', body: EXPANSION,
    answer: {
      message: 'Opportunity created',
      data: {
        ...EXPANSION, id: 891, currency: 'USD', probability: 55, account_id: EXAMPLE_IDS.Account, owner_id: OWNER.id, notes: null, tags: null, custom_fields: null, filled_by: null,
        created_at: '2026-04-01T08:15:20.330Z', ...NEW_AND_OPEN,
      },
    },
  },
  close_date_in_past: {
    summary: 'A date that is taken, with a remark', body: { ...EXPANSION, lead_id: null, expected_close_date: '2026-02-28' },
    answer: {
      message: 'Opportunity created',
      data: {
        ...EXPANSION, expected_close_date: '2026-02-28', id: 892, currency: 'USD', probability: 55, account_id: EXAMPLE_IDS.Account, lead_id: null, owner_id: OWNER.id,
        notes: null, tags: null, custom_fields: null, filled_by: null, created_at: '2026-04-01T08:16:02.118Z', ...NEW_AND_OPEN,
      },
      warnings: [{ code: 'close_date_in_past', detail: 'The close date 2026-02-28 is in the past' }],
    },
  },
  unknown_customer: {
    summary: 'A customer who is not there', body: { name: EXPANSION.name, customer_id: 999_999_999, value: 50_000 },
    ...refused(DomainError.invalidField('customer_id', 'unknown_customer', 'There is no customer with this id')),
  },
} satisfies Examples;
