import * as fc from 'fast-check';
import { DEFAULT_MODEL, KINDS, comparedFields } from '.';

/** Texts as they come in: words of few letters, so that they often nearly agree, numbers, dates, addresses, and anything else. */
const word = fc.string({ unit: fc.constantFrom(...'aabelnorst'), minLength: 1, maxLength: 8 });
const digits = fc.string({ unit: fc.constantFrom(...'00123459'), minLength: 1, maxLength: 14 });
const known = fc.constantFrom('Street', 'first', 'St.', 'GmbH', '& Co', 'the', "O'", 'Bob', 'Robert', 'S. A.');
const raw = fc.oneof(
  fc.array(fc.oneof(word, digits, known), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' ')),
  digits,
  fc.tuple(word, word).map(([mailbox, host]) => `${mailbox}@${host}.com`),
  fc.webUrl(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.double({ noNaN: true }).map(String),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
);

describe.each(Object.values(KINDS))('the kind $name', ({ normalise, levels, compare, shared }) => {
  const value = raw.map(normalise).filter((normal) => normal !== null);

  test('what is normalised stays as it is', () => {
    fc.assert(fc.property(value, (normal) => expect(normalise(normal)).toBe(normal)), { numRuns: 300 });
  });

  test('a value equals itself, and any two agree alike whichever comes first', () => {
    fc.assert(fc.property(value, value, (a, b) => {
      expect(compare(a, a)).toBe(0);
      expect(levels[compare(a, b)]).toBeDefined();
      expect(compare(b, a)).toBe(compare(a, b));
    }), { numRuns: 1_000 });
  });

  test('the probabilities of its levels sum to one', () => {
    for (const probability of ['m', 'u'] as const) {
      expect(levels.reduce((sum, level) => sum + level[probability], 0)).toBeCloseTo(1, 9);
      for (const level of levels) expect(level[probability]).toBeGreaterThan(0);
    }
  });

  test('to agree entirely speaks for one person, to differ entirely against', () => {
    expect(levels[0]!.m).toBeGreaterThan(levels[0]!.u);
    expect(levels.at(-1)!.m).toBeLessThan(levels.at(-1)!.u);
  });

  test('a level that depends on words has words in common, whichever comes first', () => {
    if (!levels.some(({ by }) => by === 'rarest word')) return;
    fc.assert(fc.property(value, value, (a, b) => {
      expect(shared!(a, b)).toEqual(shared!(b, a));
    }), { numRuns: 300 });
  });
});

test('each kind is known by its own name, and the default model names only kinds that there are', () => {
  for (const [name, kind] of Object.entries(KINDS)) expect(kind.name).toBe(name);
  expect(comparedFields(DEFAULT_MODEL).map(({ name }) => name)).toEqual(DEFAULT_MODEL.fields.map(({ name }) => name));
});
