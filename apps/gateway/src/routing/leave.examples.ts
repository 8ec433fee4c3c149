import { DomainError } from '@headwater/contracts';
import { refused, type Examples } from '../documents/example';
import { CHANGED_AT, PRIYA, SUMMER } from './people';

export const createLeave = {
  summer: {
    summary: 'Two weeks of August', body: { rep_id: PRIYA.id, from: '2026-08-03T00:00:00Z', until: '2026-08-17T00:00:00Z' },
    answer: { message: 'Leave created', data: SUMMER },
  },
  reversed: {
    summary: 'Back before they left', body: { rep_id: PRIYA.id, from: '2026-08-17T00:00:00Z', until: '2026-08-03T00:00:00Z' },
    ...refused(DomainError.invalidField('until', 'reversed_period', 'until must be after from')),
  },
} satisfies Examples;

export const listLeaves = {
  of_a_rep: { summary: 'When somebody is away', parameters: { rep_id: PRIYA.id }, answer: { message: 'Leave listed', data: [SUMMER], meta: { next_cursor: null } } },
} satisfies Examples;

export const getLeave = { summer: { summary: 'One of them', answer: { message: 'Leave found', data: SUMMER } } } satisfies Examples;

export const updateLeave = {
  cancelled: { summary: 'They stay after all', body: { active: false }, answer: { message: 'Leave updated', data: { ...SUMMER, active: false, updated_at: CHANGED_AT } } },
} satisfies Examples;
