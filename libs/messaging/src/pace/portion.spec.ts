import fc from 'fast-check';
import { Portion } from './portion';

describe('Portion', () => {
  it('is as large as it may be while nobody is expected', () => {
    const portion = new Portion(200);
    portion.took(200, 10_000);
    expect(portion.next(false)).toBe(200);
    expect(portion.next(true)).toBe(20);
  });

  it('comes to what is done in 15 ms, whatever each costs and it costs to begin, within its bounds', () => {
    fc.assert(fc.property(fc.double({ min: 0.01, max: 5, noNaN: true }), fc.double({ min: 0, max: 10, noNaN: true }), (eachMs, beginMs) => {
      const portion = new Portion(500);
      for (let i = 0; i < 200; i += 1) portion.took(portion.next(true), beginMs + portion.next(true) * eachMs);
      const done = portion.next(true);
      const fits = (15 - beginMs) / eachMs;
      expect(done).toBeGreaterThanOrEqual(Math.min(500, Math.max(20, Math.floor(fits * 0.9) - 2)));
      expect(done).toBeLessThanOrEqual(Math.max(20, Math.ceil(fits)));
    }));
  });

  it('grows no more than twofold at once, as one that took no time says little', () => {
    const portion = new Portion(500);
    portion.took(20, 0);
    expect(portion.next(true)).toBe(40);
  });
});
