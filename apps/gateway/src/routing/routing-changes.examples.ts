import type { RoutingChange } from '@headwater/contracts';
import type { Examples } from '../documents/example';
import { PRIYA } from './people';

const LEFT: RoutingChange = {
  id: 9, at: '2026-02-03T09:00:00.000Z', actor: 'CRM sync', kind: 'rep', record_id: PRIYA.id, action: 'updated', before: { active: true }, after: { active: false },
};

export const listRoutingChanges = {
  of_a_rep: {
    summary: 'The last thing that became of a rep', parameters: { kind: 'rep', limit: 1 },
    answer: { message: 'Changes listed', data: [LEFT], meta: { next_cursor: '9' } },
  },
} satisfies Examples;
