import { DomainError, type Reassignment } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { OWNER } from '../leads/example-lead';
import { PRIYA } from './people';

const TO = { id: PRIYA.id, name: PRIYA.name };

const BEGUN: Reassignment = {
  id: EXAMPLE_IDS.Reassignment, state: 'running', from: OWNER, to: TO, to_pool: null, reason: 'left the company', started_by: 'CRM sync',
  started_at: '2026-03-02T09:00:00.000Z', done_at: null, open_leads: 1, reassigned: 0, unassigned: 0,
};
const DONE: Reassignment = { ...BEGUN, state: 'done', done_at: '2026-03-02T09:00:01.000Z', reassigned: 1 };

export const previewReassignment = {
  to_one: {
    summary: 'All to a colleague', body: { rep_id: OWNER.id, to_rep_id: TO.id },
    answer: { message: 'Reassignment tried', data: { from: OWNER, open_leads: 1, tried: 1, shares: [{ rep: TO, leads: 1 }] } },
  },
  by_rules: {
    summary: 'By the rules', body: { rep_id: OWNER.id },
    answer: { message: 'Reassignment tried', data: { from: OWNER, open_leads: 1, tried: 1, shares: [{ rep: TO, leads: 1 }] } },
  },
  to_pool: {
    summary: 'In the turn of a pool', body: { rep_id: OWNER.id, to_pool: 'commercial' },
    answer: { message: 'Reassignment tried', data: { from: OWNER, open_leads: 1, tried: 1, shares: [{ rep: TO, leads: 1 }] } },
  },
  unknown_pool: {
    summary: 'To a pool that is not there', body: { rep_id: OWNER.id, to_pool: 'nobody' },
    ...refused(DomainError.invalidField('to_pool', 'unknown_pool', 'There is no pool "nobody"')),
  },
  same_rep: {
    summary: 'To the one who has them', body: { rep_id: OWNER.id, to_rep_id: OWNER.id },
    ...refused(DomainError.invalidField('to_rep_id', 'same_rep', `The leads are ${OWNER.name}'s already`)),
  },
} satisfies Examples;

export const startReassignment = {
  to_one: {
    summary: 'All to a colleague, and why', body: { rep_id: OWNER.id, to_rep_id: TO.id, reason: 'left the company' },
    answer: { message: 'Reassignment begun', data: BEGUN },
  },
  unknown_rep: {
    summary: 'To somebody who is not there', body: { rep_id: OWNER.id, to_rep_id: 999_999_999 },
    ...refused(DomainError.invalidField('to_rep_id', 'unknown_rep', 'There is no rep 999999999')),
  },
} satisfies Examples;

export const listReassignments = {
  newest: { summary: 'What was reassigned', answer: { message: 'Reassignments listed', data: [DONE], meta: { next_cursor: null } } },
} satisfies Examples;

export const getReassignment = { done: { summary: 'One that is done', answer: { message: 'Reassignment found', data: DONE } } } satisfies Examples;
