import fc from 'fast-check';
import type { ScoreOverride } from '@headwater/contracts';
import { checkExpiry, checkOverride, foldOverrides, type OverrideEntry } from './score-override';

const NOW = '2026-11-21T00:00:00.000Z';
const BEFORE = '2026-11-20T23:59:59.999Z';
const LATER = '2026-12-01T00:00:00.000Z';

const pin = (parts: Partial<ScoreOverride>, at = '2026-11-20T12:00:00.000Z'): ScoreOverride => ({ ...parts, by: 'Ann', at, reason: null });

describe('foldOverrides', () => {
  it('comes to nothing without pins', () => expect(foldOverrides([], NOW)).toBeNull());

  it('keeps each part as it was pinned last', () => {
    expect(foldOverrides([pin({ behavioral_score: 10, demographic_score: 20 }), pin({ behavioral_score: 0 }, '2026-11-20T13:00:00.000Z')], NOW))
      .toEqual({ behavioral_score: 0, demographic_score: 20, reason: null, by: 'Ann', at: '2026-11-20T13:00:00.000Z' });
  });

  it('begins anew after all was taken back', () => {
    expect(foldOverrides([pin({ behavioral_score: 10 }), null], NOW)).toBeNull();
    expect(foldOverrides([pin({ behavioral_score: 10 }), null, pin({ demographic_score: 5 })], NOW))
      .toMatchObject({ behavioral_score: null, demographic_score: 5 });
  });

  it('leaves a part to what is computed once it has expired, and brings nothing back that it took the place of', () => {
    const log = [pin({ behavioral_score: 10, demographic_score: 20 }), pin({ behavioral_score: 40, expires_at: NOW })];
    expect(foldOverrides(log, BEFORE)).toMatchObject({ behavioral_score: 40, demographic_score: 20, expires_at: NOW });
    expect(foldOverrides(log, NOW)).toEqual({ behavioral_score: null, demographic_score: 20, reason: null, by: 'Ann', at: '2026-11-20T12:00:00.000Z' });
    expect(foldOverrides([pin({ behavioral_score: 40, expires_at: NOW })], NOW)).toBeNull();
  });

  it('says when the first of its parts ends', () => {
    expect(foldOverrides([pin({ behavioral_score: 40, expires_at: LATER }), pin({ demographic_score: 20, expires_at: NOW })], BEFORE))
      .toMatchObject({ expires_at: NOW });
    expect(foldOverrides([pin({ behavioral_score: 40, expires_at: NOW }), pin({ behavioral_score: 41 })], LATER)).not.toHaveProperty('expires_at');
  });

  it('changes with time only when something expires, and then for good', () => {
    const entries = fc.array(fc.oneof(fc.constant(null), fc.record({
      behavioral_score: fc.option(fc.integer({ min: 0, max: 50 })), demographic_score: fc.option(fc.integer({ min: 0, max: 50 })),
      expires_at: fc.option(fc.integer({ min: 1, max: 9 }).map((day) => `2026-12-0${day}T00:00:00.000Z`)),
    }).map((parts) => pin(parts))), { maxLength: 6 });
    const on = (log: OverrideEntry[], day: number) => foldOverrides(log, `2026-12-0${day}T00:00:00.000Z`);
    fc.assert(fc.property(entries, fc.integer({ min: 1, max: 8 }), (log, day) => {
      const [today, tomorrow] = [on(log, day), on(log, day + 1)];
      for (const part of ['behavioral_score', 'demographic_score'] as const) {
        if (today?.[part] == null) expect(tomorrow?.[part] ?? null).toBeNull();
        else if (!today.expires_at || today.expires_at > `2026-12-0${day + 1}T00:00:00.000Z`) expect(tomorrow?.[part]).toBe(today[part]);
      }
    }));
  });
});

describe('checkExpiry', () => {
  it('refuses what has passed', () => {
    expect(checkExpiry(pin({ behavioral_score: 1, expires_at: NOW }), NOW)).toEqual([expect.objectContaining({ field: 'expires_at', code: 'in_the_past' })]);
  });

  it.each([LATER, null, undefined])('takes %s', (expires_at) => expect(checkExpiry(pin({ behavioral_score: 1, expires_at }), NOW)).toEqual([]));
});

describe('checkOverride', () => {
  it.each([
    [{ behavioral_score: 51 }, 'behavioral_score', 'too_large'],
    [{ demographic_score: -1 }, 'demographic_score', 'too_small'],
    [{ demographic_score: 1.5 }, 'demographic_score', 'wrong_type'],
    [{ behavioral_score: null }, 'behavioral_score', 'required'],
    [{}, 'behavioral_score', 'required'],
  ])('refuses %j', (parts, field, code) => {
    expect(checkOverride(pin(parts))).toEqual([expect.objectContaining({ field, code })]);
  });

  it.each([[{ behavioral_score: 0 }], [{ behavioral_score: 48, demographic_score: 50 }]])('takes %j', (parts) => {
    expect(checkOverride(pin(parts))).toEqual([]);
  });
});
