import fc from 'fast-check';
import { CONTACT_CHANNELS, CONTACT_DIRECTIONS, CONTACT_OUTCOMES } from '@headwater/contracts';
import { contactSummary, failuresIn, resultOf, type Attempt } from './tally';

const hour = (n: number) => new Date(Date.UTC(2026, 10, 20, n)).toISOString();
const attempt: fc.Arbitrary<Attempt> = fc.record({
  channel: fc.constantFrom(...CONTACT_CHANNELS), direction: fc.constantFrom(...CONTACT_DIRECTIONS), outcome: fc.constantFrom(...CONTACT_OUTCOMES),
  at: fc.integer({ min: 0, max: 40 }).map(hour),
});

describe('failures', () => {
  it('are the same in whatever order attempts were logged', () => {
    fc.assert(fc.property(fc.array(attempt, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 20 }), fc.integer({ min: 0, max: 40 }), (attempts, turns, since) => {
      const shuffled = turns.reduce((list, turn) => { const at = turn % (list.length + 1); return [...list.slice(at), ...list.slice(0, at).reverse()]; }, attempts);
      expect(failuresIn(shuffled, hour(since))).toBe(failuresIn(attempts, hour(since)));
    }));
  });

  it('end with a success that is later than all of them, and grow by one with a later failure of ours alone', () => {
    fc.assert(fc.property(fc.array(attempt, { maxLength: 20 }), attempt, (attempts, next) => {
      const last = { ...next, at: hour(41) };
      const before = failuresIn(attempts, hour(0));
      const after = failuresIn([...attempts, last], hour(0));
      if (resultOf(next) === 'success') expect(after).toBe(0);
      else expect(after - before).toBe(resultOf(next) === 'failure' && next.direction === 'outbound' ? 1 : 0);
    }));
  });
});

it('a suggestion shows only where a lead may still be given up', () => {
  const tally = { total: 4, failed: 3, last_at: hour(3), since: hour(0), suggested_at: hour(3) };
  expect(contactSummary(tally, 'contacted')).toEqual({
    total: 4, failed: 3, last_at: hour(3),
    suggestion: { disqualification_reason: 'unreachable', because: '3 contact attempts have failed since anybody was reached', at: hour(3) },
  });
  for (const status of ['nurturing', 'disqualified', 'converted'] as const) expect(contactSummary(tally, status)).not.toHaveProperty('suggestion');
});
