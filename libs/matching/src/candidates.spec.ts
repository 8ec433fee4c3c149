import * as fc from 'fast-check';
import { candidatePairs, likeliest } from './candidates';

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

describe('among very many records', () => {
  test('who shares a rare key, or several, is worth comparing; who shares one that many have is not', () => {
    const many = Array.from({ length: 100 }, (_, id) => id + 1);
    expect(likeliest(1, [[1, 200]], 1_000_000)).toEqual([200]);
    expect(likeliest(1, [many], 10_000)).toEqual([]);
    expect(likeliest(1, [many, [1, 50, ...many.slice(60)]], 10_000)).toContain(50);
  });

  test('in a small table one key in common is enough', () => {
    expect(likeliest(1, [[1, 2]], 2)).toEqual([2]);
    expect(likeliest(1, [[1, 2, 3, 4, 5]], 5)).toEqual([2, 3, 4, 5]);
  });

  test('of too many the likeliest are taken, whatever the order of the keys', () => {
    const holders = Array.from({ length: 40 }, (_, n) => [1, ...Array.from({ length: n + 1 }, (__, i) => 100 + i)]);
    const picked = likeliest(1, holders, 1_000, 5);
    expect(picked).toEqual([100, 101, 102, 103, 104]);
    expect(likeliest(1, [...holders].reverse(), 1_000, 5)).toEqual(picked);
  });
});
