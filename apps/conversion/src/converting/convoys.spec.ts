import { Convoys, SLOW_MS } from './convoys';

/** Work that ends when the test says so. */
function world() {
  const convoys = new Convoys();
  const begun: number[] = [];
  const ends = new Map<number, { well: () => void; badly: (error: Error) => void }>();
  const go = (n: number) => convoys.go(() => {
    begun.push(n);
    return new Promise<string>((resolve, reject) => ends.set(n, { well: () => resolve(`r${n}`), badly: reject }));
  });
  return { begun, ends, go };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

describe('convoys', () => {
  it('sets out at the end of the turn with all who came in it, and gathers who comes later', async () => {
    const { begun, ends, go } = world();
    const first = Promise.allSettled([1, 2, 3].map(go));
    expect(begun).toEqual([]);
    await turn();
    expect(begun).toEqual([1, 2, 3]);
    const later = Promise.all([4, 5].map(go));
    await turn();
    expect(begun).toHaveLength(3);
    for (const n of [1, 2]) ends.get(n)!.well();
    await turn();
    expect(begun).toHaveLength(3);
    ends.get(3)!.badly(new Error('refused'));
    await turn();
    expect(begun).toEqual([1, 2, 3, 4, 5]);
    for (const n of [4, 5]) ends.get(n)!.well();
    expect(await first).toMatchObject([{ value: 'r1' }, { value: 'r2' }, { status: 'rejected', reason: { message: 'refused' } }]);
    expect(await later).toEqual(['r4', 'r5']);
  });

  it('lets a second one go that is worth it, of no more than 32', async () => {
    const { begun, ends, go } = world();
    const all = [go(1)];
    await turn();
    all.push(...numbers(2, 15).map(go));
    await turn();
    expect(begun).toEqual([1]);
    all.push(...numbers(17, 33).map(go));
    await turn();
    expect(begun).toEqual(numbers(1, 33));
    ends.get(1)!.well();
    await turn();
    expect(begun).toEqual(numbers(1, 49));
    for (const { well } of ends.values()) well();
    expect(await Promise.all(all)).toHaveLength(49);
  });

  it('waits for no convoy that waits for somebody itself', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    try {
      const { begun, ends, go } = world();
      const all = [go(1)];
      await turn();
      all.push(go(2));
      await turn();
      jest.advanceTimersByTime(SLOW_MS);
      await turn();
      expect(begun).toEqual([1, 2]);
      for (const { well } of ends.values()) well();
      await Promise.all(all);
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it('refuses at once when too many wait', async () => {
    const { begun, ends, go } = world();
    const first = go(0);
    await turn();
    const second = numbers(1, 32).map(go);
    await turn();
    const waiting = numbers(100, 2_000).map(go);
    await expect(go(9_999)).rejects.toMatchObject({ body: { kind: 'unavailable' } });
    for (let done = 0; done < begun.length; done += 1) {
      ends.get(begun[done])!.well();
      await turn();
    }
    expect(await Promise.all([first, ...second, ...waiting])).toHaveLength(2_033);
  });
});
