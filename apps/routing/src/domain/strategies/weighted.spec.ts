import fc from 'fast-check';
import { candidateOf } from '../../../test/reps';
import type { Candidate } from './strategy';
import { weighted } from './weighted';

/** Runs so many picks from the start. @returns the reps in the order they were picked */
function run(weights: number[], picks: number): number[] {
  let members: Candidate[] = weights.map((weight, repId) => candidateOf(repId, { weight }));
  return Array.from({ length: picks }, () => {
    const { repId, counters } = weighted.pick({ lead: {}, options: {}, eligible: members, excluded: [] });
    members = members.map((member) => ({ ...member, counters: { ...member.counters, ...counters!.get(member.repId) } }));
    return repId;
  });
}

test('the picks of a weight are spread over the turn, not in a row', () => {
  expect(run([5, 1, 1], 7)).toEqual([0, 0, 1, 2, 0, 0, 0]);
});

test('in one turn each gets exactly its weight', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }), (weights) => {
    const picked = run(weights, weights.reduce((sum, weight) => sum + weight, 0));
    expect(weights.map((_, repId) => picked.filter((id) => id === repId).length)).toEqual(weights);
  }));
});

test('it says the share', () => {
  expect(weighted.pick({ lead: {}, options: {}, eligible: [candidateOf(1, { weight: 3 }), candidateOf(2)], excluded: [] }))
    .toMatchObject({ repId: 1, because: 'furthest behind its share of 3 in 4' });
});

test('two who are there throughout differ by no more than one pick from what their weights say, whoever comes and goes beside them', () => {
  const weight = fc.integer({ min: 1, max: 9 });
  fc.assert(fc.property(fc.tuple(weight, weight, weight, weight), fc.array(fc.subarray([2, 3]), { minLength: 1, maxLength: 120 }), (weights, comings) => {
    let members = weights.map((own, repId) => candidateOf(repId, { weight: own }));
    const picks = [0, 0, 0, 0];
    for (const away of comings) {
      const { repId, counters } = weighted.pick({
        lead: {}, options: {}, eligible: members.filter((one) => !away.includes(one.repId)), excluded: members.filter((one) => away.includes(one.repId)),
      });
      members = members.map((one) => ({ ...one, counters: { ...one.counters, ...counters!.get(one.repId) } }));
      picks[repId] += 1;
      expect(Math.abs(picks[0] / weights[0] - picks[1] / weights[1])).toBeLessThanOrEqual(0.5 / weights[0] + 0.5 / weights[1] + 1e-9);
    }
  }));
});
