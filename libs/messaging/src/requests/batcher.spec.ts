import fc from 'fast-check';
import { Batcher } from './batcher';

const limits = { inFlight: 2, items: 64, waiting: 10_000, patienceMs: 60_000 };
const MOST = 1_000;
const measured = { ...limits, size: { of: (item: number) => item, most: MOST } };

/** A service whose requests end when the test says so. */
function service() {
  const requests: { items: number[]; answer: (results?: string[]) => void; fail: (error: Error) => void }[] = [];
  const send = (items: number[]) => new Promise<string[]>((resolve, reject) => {
    requests.push({ items, answer: (results) => resolve(results ?? items.map((item) => `r${item}`)), fail: reject });
  });
  return { requests, send };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the batcher', () => {
  afterEach(() => jest.useRealTimers());

  it('sends at once when idle, and gathers while two requests are on their way', async () => {
    const { requests, send } = service();
    const batcher = new Batcher(send, limits);
    const results = [1, 2, 3, 4, 5].map((item) => batcher.add(item));
    expect(requests.map(({ items }) => items)).toEqual([[1], [2]]);
    requests[1].answer();
    await turn();
    expect(requests.map(({ items }) => items)).toEqual([[1], [2], [3, 4, 5]]);
    requests[0].answer();
    requests[2].answer();
    expect(await Promise.all(results)).toEqual(['r1', 'r2', 'r3', 'r4', 'r5']);
  });

  it('sends what was added in one turn together, when told to wait for its end', async () => {
    const { requests, send } = service();
    const batcher = new Batcher(send, { ...limits, atEndOfTurn: true });
    const results = [1, 2].map((item) => batcher.add(item));
    await Promise.resolve();
    results.push(batcher.add(3));
    expect(requests).toEqual([]);
    await turn();
    results.push(batcher.add(4));
    await turn();
    expect(requests.map(({ items }) => items)).toEqual([[1, 2, 3], [4]]);
    results.push(batcher.add(5));
    requests[0].answer();
    requests[1].answer();
    await turn();
    requests[2].answer();
    expect(await Promise.all(results)).toEqual(['r1', 'r2', 'r3', 'r4', 'r5']);
  });

  it.each([false, true])('sends a request beside another only with as many items as it is told (at the end of a turn: %s)', async (atEndOfTurn) => {
    const { requests, send } = service();
    const batcher = new Batcher(send, { ...limits, besides: 3, atEndOfTurn });
    const results = [batcher.add(1)];
    await turn();
    results.push(batcher.add(2));
    await turn();
    results.push(batcher.add(3));
    await turn();
    expect(requests.map(({ items }) => items)).toEqual([[1]]);
    results.push(batcher.add(4));
    await turn();
    results.push(batcher.add(5));
    await turn();
    expect(requests.map(({ items }) => items)).toEqual([[1], [2, 3, 4]]);
    requests[0].answer();
    await turn();
    expect(requests).toHaveLength(2);
    requests[1].answer();
    await turn();
    requests[2].answer();
    expect(await Promise.all(results)).toEqual(['r1', 'r2', 'r3', 'r4', 'r5']);
  });

  it('lets nobody wait for a request that is slow, as long as there may be others', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const { requests, send } = service();
    const batcher = new Batcher(send, { ...limits, besides: 3, slowMs: 20 });
    const results = [1, 2].map((item) => batcher.add(item));
    jest.advanceTimersByTime(19);
    expect(requests.map(({ items }) => items)).toEqual([[1]]);
    jest.advanceTimersByTime(1);
    expect(requests.map(({ items }) => items)).toEqual([[1], [2]]);
    results.push(batcher.add(3));
    jest.advanceTimersByTime(1_000);
    expect(requests).toHaveLength(2);
    requests[0].answer();
    await turn();
    expect(requests.map(({ items }) => items)).toEqual([[1], [2], [3]]);
    results.push(batcher.add(4));
    requests[1].answer();
    await turn();
    expect(requests).toHaveLength(3);
    requests[2].answer();
    await turn();
    requests[3].answer();
    expect(await Promise.all(results)).toEqual(['r1', 'r2', 'r3', 'r4']);
  });

  it('rejects exactly the items of the request that failed', async () => {
    const { requests, send } = service();
    const batcher = new Batcher(send, limits);
    const results = Promise.allSettled([1, 2, 3, 4].map((item) => batcher.add(item)));
    requests[0].fail(new Error('gone'));
    await turn();
    requests[1].answer();
    requests[2].answer();
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  });

  it('rejects all of a request that answers too few results', async () => {
    const { requests, send } = service();
    const result = new Batcher(send, limits).add(1);
    requests[0].answer([]);
    await expect(result).rejects.toThrow('0 results for 1 items');
  });

  it('keeps to 64 items and to the size of a request; what is larger goes alone', async () => {
    const { requests, send } = service();
    const batcher = new Batcher(send, measured);
    const sizes = [1, 1, ...new Array<number>(70).fill(1), 600, 600, 5_000, 300];
    const results = Promise.all(sizes.map((size) => batcher.add(size)));
    for (let done = 0; done < requests.length; done += 1) {
      requests[done].answer();
      await turn();
    }
    await results;
    expect(requests.slice(2).map(({ items }) => items.length)).toEqual([64, 7, 1, 1, 1]);
  });

  it('refuses at once when too many wait', async () => {
    const { requests, send } = service();
    const batcher = new Batcher(send, { ...limits, waiting: 1 });
    const accepted = Promise.all([1, 2, 3].map((item) => batcher.add(item)));
    await expect(batcher.add(4)).rejects.toMatchObject({ body: { kind: 'unavailable' } });
    requests[0].answer();
    requests[1].answer();
    await turn();
    requests[2].answer();
    expect(await accepted).toEqual(['r1', 'r2', 'r3']);
  });

  it('gives up on what has no result in time, and sends nothing that waited that long', async () => {
    jest.useFakeTimers();
    const { requests, send } = service();
    const batcher = new Batcher(send, { ...limits, patienceMs: 2_000 });
    const results = Promise.allSettled([1, 2, 3].map((item) => batcher.add(item)));
    jest.advanceTimersByTime(1_999);
    const later = batcher.add(4);
    jest.advanceTimersByTime(1);
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    requests[0].answer();
    await jest.advanceTimersByTimeAsync(0);
    expect(requests.map(({ items }) => items)).toEqual([[1], [2], [4]]);
    requests[2].answer();
    expect(await later).toBe('r4');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives every item its own result, whatever the sizes and the order of answers', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 1_500 }), { maxLength: 200 }), fc.infiniteStream(fc.nat(1)), async (sizes, which) => {
      const { requests, send } = service();
      const batcher = new Batcher(send, measured);
      const results = Promise.all(sizes.map((size) => batcher.add(size)));
      const open: typeof requests = [];
      for (let seen = 0; seen < requests.length || open.length > 0;) {
        open.push(...requests.slice(seen));
        seen = requests.length;
        open.splice(Math.min(which.next().value as number, open.length - 1), 1)[0].answer();
        await turn();
      }
      expect(await results).toEqual(sizes.map((size) => `r${size}`));
      for (const { items } of requests) {
        expect(items.length === 1 || items.reduce((sum, size) => sum + size, 0) <= MOST).toBe(true);
      }
    }), { numRuns: 30 });
  });
});
