import { candidateOf } from '../../../test/reps';
import { leastOpen } from './least-open';

const member = (repId: number, openLeads: number, picks: number) => candidateOf(repId, { openLeads, counters: { picks } });
const pick = (...eligible: ReturnType<typeof member>[]) => leastOpen.pick({ lead: {}, options: {}, eligible, excluded: [] });

test('who has the fewest open leads gets it', () => {
  expect(pick(member(1, 4, 0), member(2, 3, 9))).toEqual({ repId: 2, because: 'fewest open leads (3)' });
});

test('of equals it is who got the fewest from the pool, then the first in it', () => {
  expect(pick(member(1, 3, 2), member(2, 3, 1), member(3, 3, 1))).toMatchObject({ repId: 2 });
});
