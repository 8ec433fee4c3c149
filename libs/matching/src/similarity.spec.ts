import * as fc from 'fast-check';
import { edits, isLike, isOneEdit, jaroWinkler, sharedWords } from './similarity';

const letters = fc.string({ unit: fc.constantFrom(...'abc'), maxLength: 7 });

test.each([
  ['meier', 'meier', 3, 0], ['meier', 'meyer', 3, 1], ['meier', 'meire', 3, 1], ['meier', 'maeyer', 3, 2], ['meier', 'meie', 3, 1],
  ['', 'abc', 3, 3], ['abcdef', 'uvwxyz', 2, 3], ['ca', 'abc', 5, 3],
])('from %j to %j, up to %d, it is %d edits', (a, b, limit, count) => {
  expect(edits(a, b, limit)).toBe(count);
});

test('edits are the same both ways, and a limit only cuts them', () => {
  fc.assert(fc.property(letters, letters, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
    expect(edits(a, b, limit)).toBe(Math.min(edits(b, a, 99), limit + 1));
  }), { numRuns: 500 });
});

test('one edit is seen in one walk as it is counted', () => {
  fc.assert(fc.property(letters, letters, (a, b) => expect(isOneEdit(a, b)).toBe(edits(a, b, 1) <= 1)), { numRuns: 2_000 });
});

test.each([['martha', 'marhta', 0.9611], ['dixon', 'dicksonx', 0.8133], ['dwayne', 'duane', 0.84], ['abc', 'xyz', 0], ['same', 'same', 1]])(
  'the similarity of %s and %s is %d, as Winkler printed it', (a, b, similarity) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(similarity, 4);
  });

test('similarity is the same both ways, between 0 and 1, and bounded as isLike takes it to be', () => {
  fc.assert(fc.property(letters, letters, fc.double({ min: 0.5, max: 1, noNaN: true }), (a, b, least) => {
    const similarity = jaroWinkler(a, b);
    expect(jaroWinkler(b, a)).toBe(similarity);
    expect(similarity).toBeGreaterThanOrEqual(0);
    expect(similarity).toBeLessThanOrEqual(1);
    if (a || b) expect(isLike(a, b, least)).toBe(similarity >= least);
  }), { numRuns: 2_000 });
});

test('words are shared when they are equal, or long and spelt closely', () => {
  expect(sharedWords(['blue', 'heaven', 'hotels'], ['hotel', 'blue'])).toEqual(['hotel', 'blue']);
  expect(sharedWords(['cat'], ['cut'])).toEqual([]);
});
