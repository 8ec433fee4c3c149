import fc from 'fast-check';
import { packCandidates, unpackCandidates } from './packed-candidates';

const number = fc.integer({ min: -5, max: 5 });
const counters = fc.record({ picks: number, turn: number, open_leads: number }, { requiredKeys: ['picks'] });
const candidate = fc.record({
  rep_id: fc.integer({ min: 1 }), name: fc.string(), excluded: fc.option(fc.string({ minLength: 1 })), counters, after: counters,
}, { requiredKeys: ['rep_id', 'name', 'excluded', 'counters'] });

test('what is packed comes out as it was, through JSON as well', () => {
  fc.assert(fc.property(fc.array(candidate, { minLength: 1, maxLength: 30 }), (candidates) => {
    expect(unpackCandidates(JSON.parse(JSON.stringify(packCandidates(candidates))))).toEqual(candidates);
  }));
});

test('nobody is nothing', () => expect(packCandidates([])).toBeNull());

test('it takes less than half of what a list takes', () => {
  const reps = Array.from({ length: 25 }, (_, i) => ({
    rep_id: 1_000 + i, name: `Rep ${i}`, excluded: null, counters: { picks: 100 + (i % 3), turn: 200 + (i % 2), current_weight: 0, open_leads: 50 + i, weight: 1 },
  }));
  expect(JSON.stringify(packCandidates(reps)).length).toBeLessThan(JSON.stringify(reps).length / 2);
});
