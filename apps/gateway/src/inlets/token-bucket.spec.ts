import { TokenBuckets } from './token-bucket';

describe('token buckets', () => {
  it('let a burst of a minute through, then one at each fraction of a minute', () => {
    const buckets = new TokenBuckets();
    const taken = Array.from({ length: 62 }, () => buckets.take('form', 60, 0));
    expect(taken.filter((wait) => wait === 0)).toHaveLength(60);
    expect(taken.slice(60)).toEqual([1_000, 1_000]);
    expect(buckets.take('form', 60, 999)).toBe(1);
    expect(buckets.take('form', 60, 1_000)).toBe(0);
    expect(buckets.take('form', 60, 1_000)).toBe(1_000);
  });

  it.each([1, 7, 13, 600, 9_999])('let exactly %i through at once', (perMinute) => {
    const buckets = new TokenBuckets();
    expect(Array.from({ length: perMinute + 1 }, () => buckets.take('form', perMinute, 12_345.678)).filter((wait) => wait === 0)).toHaveLength(perMinute);
  });

  it('count each name for itself, and fill up to a minute and no more', () => {
    const buckets = new TokenBuckets();
    expect(buckets.take('a', 1, 0)).toBe(0);
    expect(buckets.take('b', 1, 0)).toBe(0);
    expect(buckets.take('a', 1, 30_000)).toBe(30_000);
    expect(buckets.take('a', 1, 600_000)).toBe(0);
    expect(buckets.take('a', 1, 600_000)).toBe(60_000);
  });
});
