import { leastOpen } from './least-open';
import type { Candidate } from './strategy';

const member = (repId: number, openLeads: number, picks: number): Candidate =>
  ({ repId, name: `Rep ${repId}`, weight: 1, openLeads, counters: { picks, turn: 0, current_weight: 0 } });

test('who has the fewest open leads gets it', () => {
  expect(leastOpen.pick({ lead: {}, eligible: [member(1, 4, 0), member(2, 3, 9)], excluded: [] }))
    .toEqual({ repId: 2, because: 'fewest open leads (3)' });
});

test('of equals it is who got the fewest from the pool, then the first in it', () => {
  expect(leastOpen.pick({ lead: {}, eligible: [member(1, 3, 2), member(2, 3, 1), member(3, 3, 1)], excluded: [] }))
    .toMatchObject({ repId: 2 });
});
