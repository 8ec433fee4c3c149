import fc from 'fast-check';
import { exclusionOf } from '../eligibility';
import { pickFromPool, type Member } from '../pick-from-pool';
import { strategies } from '.';

const counter = fc.integer({ min: 0, max: 50 });
const member = fc.record({
  rep: fc.record({
    id: fc.integer({ min: 1, max: 1_000 }), name: fc.string(), email: fc.constant(null), team: fc.constant(null),
    time_zone: fc.constant('UTC'), weight: fc.integer({ min: 1, max: 1_000 }), active: fc.boolean(),
    open_leads: fc.integer({ min: 0, max: 20 }), max_open_leads: fc.option(fc.integer({ min: 0, max: 20 })),
  }),
  counters: fc.record({ picks: counter, turn: counter, current_weight: fc.integer({ min: -50, max: 50 }) }),
});
const pool = fc.uniqueArray(member, { minLength: 1, maxLength: 8, selector: ({ rep }) => rep.id });
const lead = fc.record({ country: fc.option(fc.constantFrom('DE', 'US')), employees: fc.option(fc.nat()) });

const frozen = (members: Member[]): Member[] =>
  Object.freeze(members.map((one) => Object.freeze({ rep: Object.freeze(one.rep), counters: Object.freeze(one.counters) }))) as Member[];

describe.each([...strategies.values()])('$name', (strategy) => {
  test('has a name in lower_snake_case', () => expect(strategy.name).toMatch(/^[a-z]+(_[a-z]+)*$/));

  test('picks nobody who is inactive or at the cap, and somebody whenever there is one', () => {
    fc.assert(fc.property(lead, pool, (facts, members) => {
      const picked = pickFromPool(strategy, facts, frozen(members));
      const eligible = members.filter(({ rep }) => exclusionOf(rep) === null);
      expect(picked === null).toBe(eligible.length === 0);
      if (picked) expect(eligible.map(({ rep }) => rep)).toContainEqual(picked.rep);
    }));
  });

  test('gives the same question the same answer, with a reason', () => {
    fc.assert(fc.property(lead, pool, (facts, members) => {
      const picked = pickFromPool(strategy, facts, frozen(members));
      expect(pickFromPool(strategy, facts, structuredClone(members))).toEqual(picked);
      if (picked) expect(picked.because.trim()).not.toBe('');
    }));
  });

  test('counts one pick, for the one who was picked, and keeps every counter a whole number', () => {
    fc.assert(fc.property(lead, pool, (facts, members) => {
      const picked = pickFromPool(strategy, facts, frozen(members));
      if (!picked) return;
      for (const { rep, counters } of members) {
        const after = picked.counters.get(rep.id)!;
        expect(after.picks - counters.picks).toBe(rep.id === picked.rep.id ? 1 : 0);
        expect(Object.values(after).every(Number.isSafeInteger)).toBe(true);
      }
    }));
  });
});
