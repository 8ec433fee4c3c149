import fc from 'fast-check';
import { sharesNothing } from './shares-nothing';

const names = (of: string[]): string[] => of;

describe('what can be done together', () => {
  it('is the first, and all that have to do with other people and companies', () => {
    expect(sharesNothing([['a', 'b'], ['c'], ['b'], ['d', 'c'], []], names)).toEqual([['a', 'b'], ['c'], []]);
  });

  it('waits behind one that waits itself, so that their order stays', () => {
    expect(sharesNothing([['a'], ['a', 'b'], ['b']], names)).toEqual([['a']]);
  });

  it('gets everybody there in their order, whatever they share', () => {
    fc.assert(fc.property(fc.array(fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd'), { maxLength: 3 }), { maxLength: 20 }), (all) => {
      const items = all.map((of, i) => ({ i, of }));
      const order: number[] = [];
      for (let left = items; left.length > 0;) {
        const together = sharesNothing(left, ({ of }) => of);
        expect(together[0]).toBe(left[0]);
        expect(new Set(together.flatMap(({ of }) => of)).size).toBe(together.flatMap(({ of }) => of).length);
        order.push(...together.map(({ i }) => i));
        left = left.filter((item) => !together.includes(item));
      }
      for (const name of ['a', 'b', 'c', 'd']) {
        const turns = order.filter((i) => items[i].of.includes(name));
        expect(turns).toEqual([...turns].sort((a, b) => a - b));
      }
      expect(order).toHaveLength(items.length);
    }));
  });
});
