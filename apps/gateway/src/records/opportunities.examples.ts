import { DomainError, type OpportunityAttribution } from '@headwater/contracts';
import { EXAMPLE_IDS, EXAMPLE_SUBMISSION, refused, type Examples } from '../documents/example';
import { CAPTURED_AT, CONVERTED_AT, CONTACT, OPPORTUNITY, OWNER } from '../leads/example-lead';
import { CHANGED_AT } from './accounts.examples';

const NEW_AND_OPEN = { updated_at: null, closed_at: null, lost_reason: null } as const;
const EXPANSION = {
  name: 'TechCorp - Platform Expansion', customer_id: EXAMPLE_IDS.Customer, lead_id: EXAMPLE_IDS.Lead, value: 50_000, stage: 'proposal', expected_close_date: '2099-02-28',
} as const;
const MADE = {
  ...EXPANSION, id: 891, currency: 'USD', probability: 55, account_id: EXAMPLE_IDS.Account, owner_id: OWNER.id, notes: null, tags: null, custom_fields: null, filled_by: null,
  created_at: '2026-04-01T08:15:20.330Z', ...NEW_AND_OPEN,
} as const;

export const createOpportunity = {
  expansion: { summary: 'A further deal of a customer', body: EXPANSION, answer: { message: 'Opportunity created', data: MADE } },
  close_date_in_past: {
    summary: 'A date that is taken, with a remark', body: { ...EXPANSION, lead_id: null, expected_close_date: '2026-02-28' },
    answer: {
      message: 'Opportunity created',
      data: { ...MADE, expected_close_date: '2026-02-28', id: 892, lead_id: null, created_at: '2026-04-01T08:16:02.118Z' },
      warnings: [{ code: 'close_date_in_past', detail: 'The close date 2026-02-28 is in the past' }],
    },
  },
  unknown_customer: {
    summary: 'A customer who is not there', body: { name: EXPANSION.name, customer_id: 999_999_999, value: 50_000 },
    ...refused(DomainError.invalidField('customer_id', 'unknown_customer', 'There is no customer with this id')),
  },
} satisfies Examples;

export const listOpportunities = {
  closing_first: {
    summary: 'Open ones of a rep, those first that close first', parameters: { owner_id: OWNER.id, open: true, sort: 'expected_close_date', limit: 50 },
    answer: { message: 'Opportunities listed', data: [OPPORTUNITY], meta: { next_cursor: null } },
  },
} satisfies Examples;

export const getOpportunity = { converted: { summary: 'Made by a conversion', answer: { message: 'Opportunity found', data: OPPORTUNITY } } } satisfies Examples;

const WON = { ...OPPORTUNITY, value: 72_000, stage: 'closed_won', probability: 100, updated_at: CHANGED_AT, closed_at: CHANGED_AT } as const;

export const updateOpportunity = {
  negotiated: {
    summary: 'A stage further', body: { stage: 'negotiation', probability: 75 },
    answer: { message: 'Opportunity updated', data: { ...OPPORTUNITY, stage: 'negotiation', probability: 75, updated_at: CHANGED_AT } },
  },
  won: { summary: 'Won, with what was agreed on', body: { stage: 'closed_won', value: 72_000 }, answer: { message: 'Opportunity updated', data: WON } },
  lost: {
    summary: 'Lost, and why', body: { stage: 'closed_lost', lost_reason: 'competitor' },
    answer: {
      message: 'Opportunity updated',
      data: { ...OPPORTUNITY, stage: 'closed_lost', probability: 0, lost_reason: 'competitor', updated_at: CHANGED_AT, closed_at: CHANGED_AT },
    },
  },
  unusual: {
    summary: 'A probability that is taken, with a remark', body: { probability: 90 },
    answer: {
      message: 'Opportunity updated', data: { ...OPPORTUNITY, probability: 90, updated_at: CHANGED_AT },
      warnings: [{ code: 'probability_outside_stage_band', detail: 'A probability of 90 % is unusual in proposal, where it is 50 to 60 %', band: [50, 60] }],
    },
  },
  without_reason: {
    summary: 'Lost, and nobody says why', body: { stage: 'closed_lost' },
    ...refused(DomainError.invalidField('lost_reason', 'required', 'lost_reason is required to lose a deal')),
  },
  opportunity_closed: {
    summary: 'Another amount of a deal that is won', body: { value: 80_000 },
    ...refused(DomainError.conflict('opportunity_closed', 'The deal is closed_won: open it again to change its value')),
  },
  invalid_transition: {
    summary: 'From one end to the other', body: { stage: 'closed_lost', lost_reason: 'price' },
    ...refused(DomainError.conflict('invalid_transition', "A deal in closed_won can't go to closed_lost: open it again first", {
      allowed: ['prospecting', 'qualification', 'needs_analysis', 'proposal', 'negotiation', 'verbal_commitment'],
    })),
  },
} satisfies Examples;

export const listOpportunityStages = {
  won: {
    summary: 'From a proposal to the win',
    answer: {
      message: 'Stages listed',
      data: [
        { from: null, to: 'proposal', probability: 55, value: 75_000, lost_reason: null, actor: 'CRM sync', at: CONVERTED_AT, ms_in_previous: null },
        { from: 'proposal', to: 'closed_won', probability: 100, value: 72_000, lost_reason: null, actor: 'CRM sync', at: CHANGED_AT, ms_in_previous: 242_399_596 },
      ],
    },
  },
} satisfies Examples;

const COMMITTEE = { contacts: [{ contact_id: CONTACT.id, role: 'decision_maker', is_primary: true }] };

export const getContactRoles = {
  set: { summary: 'As somebody has set it', answer: { message: 'Contact roles found', data: COMMITTEE } },
} satisfies Examples;

export const putContactRoles = {
  decider: { summary: 'Who decides', body: COMMITTEE, answer: { message: 'Contact roles set', data: COMMITTEE } },
  not_this_accounts_contact: {
    summary: 'Somebody of another company', body: { contacts: [{ contact_id: 999_999_999, role: 'influencer' }] },
    ...refused(DomainError.invalidField('contacts.0.contact_id', 'not_this_accounts_contact', "Contact 999999999 is no contact of the opportunity's account")),
  },
} satisfies Examples;

const SHARED = {
  model: 'u_shaped', rule: '40 % to the first and 40 % to the last touch, 20 % evenly to those between; of two each gets half, one gets all of it',
  amount: 75_000, currency: 'USD', won: false,
  shares: [{ touch: { submission_id: EXAMPLE_SUBMISSION, at: CAPTURED_AT, entry: 'api', channel: 'direct', source: 'web', campaign: null }, amount: 75_000 }],
} satisfies OpportunityAttribution;

export const getOpportunityAttribution = {
  one_touch: { summary: 'Of a lead with one touch', parameters: { model: 'u_shaped' }, answer: { message: 'Attribution found', data: SHARED } },
} satisfies Examples;
