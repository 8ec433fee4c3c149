import * as fc from 'fast-check';
import { candidatePairs } from './candidates';

test('records with a key in common are a pair, once, however many keys it is', () => {
  expect([...candidatePairs([['a', 'b'], ['c'], ['b', 'a', 'c'], []])]).toEqual([[0, 2], [1, 2]]);
});

test('a key that too many share makes no pairs, others of the same records do', () => {
  const keysOf = [['all', 'x'], ['all'], ['all', 'x'], ['all']];
  expect([...candidatePairs(keysOf, 3)]).toEqual([[0, 2]]);
  expect([...candidatePairs(keysOf, 4)]).toHaveLength(6);
});

test('it is all pairs with a key in common, and no other', () => {
  const keys = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 3 }), { maxLength: 12 });
  fc.assert(fc.property(keys, (keysOf) => {
    const expected = keysOf.flatMap((one, i) => keysOf.flatMap((other, j) =>
      (i < j && one.some((key) => other.includes(key)) ? [`${i} ${j}`] : [])));
    expect([...candidatePairs(keysOf)].map((pair) => pair.join(' ')).sort()).toEqual(expected.sort());
  }));
});
