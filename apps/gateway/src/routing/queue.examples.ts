import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { OWNER, SENT, TEAM } from '../leads/example-lead';

const BECAUSE = 'put back into the queue of the unassigned by CRM sync';

export const listQueue = {
  put_back: {
    summary: 'A lead that somebody put back', parameters: { limit: 50 },
    answer: {
      message: 'Queue listed',
      data: [{
        lead_id: EXAMPLE_IDS.Lead, queue: null, since: null, priority: 'normal', company_name: SENT.company_name, country: SENT.country, total_score: 44,
        because: BECAUSE,
      }],
      meta: { next_cursor: null },
    },
  },
} satisfies Examples;

const ASSIGNMENT = { lead_id: EXAMPLE_IDS.Lead, revision: 4, owner: OWNER, team: TEAM, priority: 'normal', next_follow_up: null };

export const claimLead = {
  for_a_rep: {
    summary: 'For a rep', body: { rep_id: OWNER.id },
    answer: { message: 'Lead claimed', data: { ...ASSIGNMENT, because: 'claimed by Dana Kim from the queue of the unassigned', decision_id: 90 } },
  },
  already_owned: {
    summary: 'Somebody has it', body: { rep_id: OWNER.id }, ...refused(DomainError.conflict('already_owned', 'Dana Kim has the lead', { owner: OWNER })),
  },
} satisfies Examples;

export const routeLead = {
  same_again: {
    summary: 'The rules come to the same',
    answer: {
      message: 'Lead routed',
      data: {
        assignment: {
          ...ASSIGNMENT, because: 'rule "Large companies" (employees ≥ 200) → pool enterprise, round robin: next in turn', decision_id: 89,
        },
        former_owner: OWNER,
      },
    },
  },
} satisfies Examples;
