import fc from 'fast-check';
import { withoutLeadInCommon } from './without-lead-in-common';

const pair = (low_id: number, high_id: number) => ({ low_id, high_id });

it('takes the first pair of each lead, and leaves what follows from it', () => {
  expect(withoutLeadInCommon([pair(1, 2), pair(2, 3), pair(3, 4), pair(5, 6)], 3)).toEqual({ first: [pair(1, 2), pair(5, 6)], rest: [pair(2, 3), pair(3, 4)] });
});

it('loses none, takes no more than it may, shares no lead among the first, and comes to an end', () => {
  const lead = fc.integer({ min: 1, max: 12 });
  fc.assert(fc.property(fc.array(fc.tuple(lead, lead).filter(([a, b]) => a < b).map(([a, b]) => pair(a, b)), { minLength: 1 }), fc.integer({ min: 1, max: 4 }), (pairs, most) => {
    const { first, rest } = withoutLeadInCommon(pairs, most);
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThanOrEqual(most);
    expect([...first, ...rest]).toHaveLength(pairs.length);
    expect(pairs.filter((one) => first.includes(one))).toEqual(first);
    expect(pairs.filter((one) => rest.includes(one))).toEqual(rest);
    const leads = first.flatMap(({ low_id, high_id }) => [low_id, high_id]);
    expect(new Set(leads).size).toBe(leads.length);
  }));
});
