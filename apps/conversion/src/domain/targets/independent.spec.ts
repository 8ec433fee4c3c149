import fc from 'fast-check';
import { lockNames, sharesNothing } from './independent';

const names = (of: string[]): string[] => of;

describe('what can be written together', () => {
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

  it('goes by e-mail, domain, and name within a country, each of one tenant', () => {
    expect(lockNames('demo', 'a@b.example', { domain: 'b.example', name: 'b', country: null })).toEqual([
      'conversion e-mail demo a@b.example', 'conversion domain demo b.example', 'conversion company demo - b',
    ]);
    expect(lockNames('demo', null, { domain: null, name: null, country: 'US' })).toEqual([]);
  });
});
