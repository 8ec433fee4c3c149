import { candidateOf } from '../../../test/reps';
import { capacityShare } from './capacity-share';

const member = (repId: number, openLeads: number, maxOpenLeads: number | null, picks = 0) =>
  candidateOf(repId, { openLeads, maxOpenLeads, counters: { picks } });
const pick = (...eligible: ReturnType<typeof member>[]) => capacityShare.pick({ lead: {}, options: {}, eligible, excluded: [] });

test('who has the most room for their size gets it, not who has the fewest', () => {
  expect(pick(member(1, 4, 10), member(2, 30, 100))).toEqual({ repId: 2, because: 'most room (30 of 100 open leads)' });
});

test('who has no cap counts as if it were the largest of them', () => {
  expect(pick(member(1, 40, null), member(2, 30, 100), member(3, 5, 10))).toMatchObject({ repId: 2 });
  expect(pick(member(1, 20, null), member(2, 30, 100))).toEqual({ repId: 1, because: 'most room (20 of any number of open leads)' });
});

test('where nobody has one it is the fewest open leads, of equals the fewest from the pool', () => {
  expect(pick(member(1, 3, null, 2), member(2, 3, null, 1), member(3, 4, null))).toMatchObject({ repId: 2 });
});
