import fc from 'fast-check';
import { exclusionOf, type Rep } from '../choosing/eligibility';
import { pickFromPool, type Member, type PoolQuestion } from '../choosing/pick-from-pool';
import { strategies, type RoutingStrategy } from '.';

const counter = fc.integer({ min: 0, max: 50 });
const instant = fc.constantFrom('2026-03-01T08:00:00.000Z', '2026-03-02T08:00:00.000Z');
const skills = fc.uniqueArray(fc.constantFrom('technology', 'finance', 'small', 'mid_market', 'enterprise'), { maxLength: 4 });
const window = fc.record({ per: fc.constantFrom('hour' as const, 'day' as const), most: fc.integer({ min: 0, max: 9 }), taken: fc.integer({ min: 0, max: 9 }) });
const rep: fc.Arbitrary<Rep> = fc.record({
  id: fc.integer({ min: 1, max: 12 }), name: fc.string(), email: fc.constant(null),
  team: fc.option(fc.constantFrom({ id: 1, name: 'East' }, { id: 2, name: 'West' })),
  time_zone: fc.constant('UTC'), weight: fc.integer({ min: 1, max: 1_000 }), active: fc.boolean(),
  open_leads: fc.integer({ min: 0, max: 20 }), max_open_leads: fc.option(fc.integer({ min: 0, max: 20 })),
  skills, languages: fc.constant(['en']), windows: fc.array(window, { maxLength: 2 }),
  away: fc.option(fc.record({ why: fc.constantFrom('leave' as const, 'hours' as const), until: fc.option(instant) })),
});
const member: fc.Arbitrary<Member> = fc.record({
  rep, counters: fc.record({ picks: counter, turn: counter, current_weight: fc.integer({ min: -50, max: 50 }) }),
});
const pool = fc.uniqueArray(member, { minLength: 1, maxLength: 8, selector: ({ rep: { id } }) => id });
const territory = fc.record({
  id: fc.constant(1), name: fc.constant('DACH'), path: fc.constant(['EMEA', 'DACH']), by: fc.constant('country'),
  reps: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 5 }), team_id: fc.option(fc.constantFrom(1, 2)),
});
const lead = fc.record({
  country: fc.option(fc.constantFrom('DE', 'US')), employees: fc.option(fc.nat()), industry: fc.option(fc.constantFrom('technology', 'finance', 'other')),
  territory: fc.option(territory), account: fc.option(fc.record({ account_id: fc.constant(5), owner_id: fc.integer({ min: 1, max: 12 }) })),
});
const terms = fc.record({
  waitUntil: fc.constantFrom('2026-03-01T12:00:00.000Z'),
  barred: fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constant('owned it before')), { maxLength: 3 }).map((pairs) => new Map(pairs)),
}, { requiredKeys: [] });
const question = (strategy: RoutingStrategy): fc.Arbitrary<PoolQuestion> =>
  fc.record({ lead, members: pool, terms }).map((asked) => ({ ...asked, strategy, members: frozen(asked.members) }));

const frozen = (members: Member[]): Member[] =>
  Object.freeze(members.map((one) => Object.freeze({ rep: Object.freeze(one.rep), counters: Object.freeze(one.counters) }))) as Member[];

/** Who of the pool this lead is for, whether they are there or not. */
function suited({ strategy, lead: facts, members }: PoolQuestion): Member[] {
  const everybodyThere = members.map((one) => ({ ...one, rep: { ...one.rep, active: true, away: null, windows: [], max_open_leads: null } }));
  const { lookedAt } = pickFromPool({ strategy, lead: facts, members: everybodyThere });
  return members.filter((_, i) => lookedAt[i].excluded === null);
}

describe.each([...strategies.values()])('$name', (strategy) => {
  test('has a name in lower_snake_case', () => expect(strategy.name).toMatch(/^[a-z]+(_[a-z]+)*$/));

  test('picks nobody who is absent, at a cap or barred, and somebody whenever one is left whom the lead is for', () => {
    fc.assert(fc.property(question(strategy), (asked) => {
      const { pick } = pickFromPool(asked);
      const left = suited(asked).filter((one) => exclusionOf(one.rep, asked.terms) === null);
      expect(pick === null).toBe(left.length === 0);
      if (pick) expect(left.map((one) => one.rep)).toContainEqual(pick.rep);
    }));
  });

  test('says of each member why it was left out, but of those who could have been picked', () => {
    fc.assert(fc.property(question(strategy), (asked) => {
      const { lookedAt } = pickFromPool(asked);
      const ids = suited(asked).map((one) => one.rep.id);
      expect(lookedAt.map(({ rep_id }) => rep_id)).toEqual(asked.members.map((one) => one.rep.id));
      lookedAt.forEach(({ excluded }, i) => {
        const one = asked.members[i].rep;
        expect(excluded === null).toBe(exclusionOf(one, asked.terms) === null && ids.includes(one.id));
        if (excluded !== null) expect(excluded.trim()).not.toBe('');
      });
    }));
  });

  test('gives the same question the same answer, with a reason', () => {
    fc.assert(fc.property(question(strategy), (asked) => {
      const { pick } = pickFromPool(asked);
      expect(pickFromPool({ ...asked, members: structuredClone(asked.members) as Member[] }).pick).toEqual(pick);
      if (pick) expect(pick.because.trim()).not.toBe('');
    }));
  });

  test('does not look at how old a record is: other ids in the same order, the same place is picked', () => {
    fc.assert(fc.property(pool, (members) => {
      const facts = { country: 'DE', employees: 20, industry: 'finance' };
      const reversed = members.map((one) => ({ ...one, rep: { ...one.rep, id: 100 - one.rep.id } }));
      const place = (all: Member[]) => {
        const { pick } = pickFromPool({ strategy, lead: facts, members: all });
        return pick && all.findIndex((one) => one.rep.id === pick.rep.id);
      };
      expect(place(reversed)).toBe(place(members));
    }));
  });

  test('counts one pick, for the one who was picked, and keeps every counter a whole number', () => {
    fc.assert(fc.property(question(strategy), (asked) => {
      const { pick } = pickFromPool(asked);
      if (!pick) return;
      for (const { rep: one, counters } of asked.members) {
        const after = pick.counters.get(one.id)!;
        expect(after.picks - counters.picks).toBe(one.id === pick.rep.id ? 1 : 0);
        expect(Object.values(after).every(Number.isSafeInteger)).toBe(true);
      }
    }));
  });
});

describe.each(['round_robin', 'territory_owner', 'specialist', 'company_size'])('%s is fair', (name) => {
  const strategy = strategies.get(name)!;
  const facts = { industry: 'finance', territory: { id: 1, name: 'DACH', path: ['DACH'], by: 'country', reps: [1, 2, 3, 4], team_id: null } };
  const step = fc.record({ away: fc.subarray([3, 4, 5]), ours: fc.boolean() });

  test('two who are there throughout and suit the same leads differ by at most one, whoever comes and goes beside them', () => {
    fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      let members: Member[] = [1, 2, 3, 4, 5].map((id) => ({
        rep: {
          id, name: `Rep ${id}`, email: null, team: null, time_zone: 'UTC', weight: 1, active: true, open_leads: 0, max_open_leads: null,
          skills: id < 5 ? ['finance', 'small'] : ['energy', 'enterprise'],
        },
        counters: { picks: 0, turn: 0, current_weight: 0 },
      }));
      for (const { away, ours } of steps) {
        const others = { industry: 'energy', employees: 5_000, territory: { ...facts.territory, reps: [5] } };
        const present = members.map((one) => ({ ...one, rep: { ...one.rep, active: !away.includes(one.rep.id) } }));
        const { pick } = pickFromPool({ strategy, lead: ours ? facts : others, members: present });
        if (pick) members = members.map((one) => ({ ...one, counters: pick.counters.get(one.rep.id)! }));
        const [first, second] = members.map(({ counters }) => counters.picks);
        expect(Math.abs(first - second)).toBeLessThanOrEqual(1);
      }
    }));
  });
});
