import fc from 'fast-check';
import { candidateOf } from '../../../test/reps';
import { roundRobin } from './round-robin';
import type { Candidate } from './strategy';

const at = (repId: number, turn: number): Candidate => candidateOf(repId, { counters: { turn } });

const pick = (eligible: Candidate[], excluded: Candidate[] = []) => roundRobin.pick({ lead: {}, options: {}, eligible, excluded });

test('who took the fewest turns is next, of equals the first in the pool', () => {
  expect(pick([at(1, 5), at(2, 4), at(3, 4)])).toMatchObject({ repId: 2, because: 'next in turn' });
});

test('who is away lets turns pass, and comes back to no flood', () => {
  const { counters } = pick([at(1, 9), at(2, 8)], [at(3, 2)]);
  expect(counters).toEqual(new Map([[2, { turn: 9 }], [3, { turn: 9 }]]));
});

test('those who are eligible throughout differ by at most one, whoever comes and goes beside them', () => {
  const comings = fc.array(fc.subarray([3, 4, 5]), { minLength: 1, maxLength: 80 });
  fc.assert(fc.property(comings, (steps) => {
    const turns = new Map([1, 2, 3, 4, 5].map((id) => [id, 0]));
    const picks = new Map([1, 2, 3, 4, 5].map((id) => [id, 0]));
    for (const away of steps) {
      const all = [...turns].map(([id, turn]) => at(id, turn));
      const { repId, counters } = pick(
        all.filter(({ repId: id }) => !away.includes(id)), all.filter(({ repId: id }) => away.includes(id)));
      for (const [id, { turn }] of counters!) turns.set(id, turn!);
      picks.set(repId, picks.get(repId)! + 1);
      expect(Math.abs(picks.get(1)! - picks.get(2)!)).toBeLessThanOrEqual(1);
      const spread = [...turns.values()];
      expect(Math.max(...spread) - Math.min(...spread)).toBeLessThanOrEqual(1);
    }
  }));
});
