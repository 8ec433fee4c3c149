import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { LOCKED } from '../leads/leads.examples';
import { standingAs } from './commands.examples';

const LOGGED_AT = '2026-03-02T15:20:31.004Z';
const NOTE = 'Voicemail full, will try in the afternoon.';
const CALLED = {
  id: 61, lead_id: EXAMPLE_IDS.Lead, channel: 'call', direction: 'outbound', outcome: 'no_answer', at: LOGGED_AT, note: NOTE, actor: 'CRM sync', cycle: 1,
  logged_at: LOGGED_AT,
} as const;

export const logContactAttempt = {
  no_answer: {
    summary: 'A call that nobody took', body: { channel: 'call', outcome: 'no_answer', note: NOTE },
    answer: {
      message: 'Contact attempt logged',
      data: {
        ...CALLED,
        lead: standingAs('contacted', { first_contacted_at: LOGGED_AT, notes: NOTE, contact_attempts: { total: 1, failed: 1, last_at: LOGGED_AT } }),
      },
    },
    status: 201,
  },
  in_the_future: {
    summary: 'A call that is yet to come', body: { channel: 'call', outcome: 'reached', at: '2999-01-01T09:00:00Z' },
    ...refused(DomainError.invalidField('at', 'in_the_future', 'at must not be in the future')),
  },
  lead_locked: { summary: 'A converted lead', body: { channel: 'call', outcome: 'reached' }, ...LOCKED },
} satisfies Examples;

export const listContactAttempts = {
  one_call: {
    summary: 'One call so far', parameters: { limit: 50 },
    answer: { message: 'Contact attempts listed', data: [CALLED], meta: { next_cursor: null } },
  },
} satisfies Examples;
