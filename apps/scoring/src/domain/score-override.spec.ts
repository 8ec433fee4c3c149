import { checkOverride, foldOverrides } from './score-override';

const pin = (parts: { behavioral_score?: number | null; demographic_score?: number | null }, at = '2026-11-20T12:00:00.000Z') =>
  ({ ...parts, by: 'Ann', at, reason: null });

describe('foldOverrides', () => {
  it('comes to nothing without pins', () => expect(foldOverrides([])).toBeNull());

  it('keeps each part as it was pinned last', () => {
    expect(foldOverrides([pin({ behavioral_score: 10, demographic_score: 20 }), pin({ behavioral_score: 0 }, '2026-11-20T13:00:00.000Z')]))
      .toEqual({ behavioral_score: 0, demographic_score: 20, reason: null, by: 'Ann', at: '2026-11-20T13:00:00.000Z' });
  });

  it('begins anew after all was taken back', () => {
    expect(foldOverrides([pin({ behavioral_score: 10 }), null])).toBeNull();
    expect(foldOverrides([pin({ behavioral_score: 10 }), null, pin({ demographic_score: 5 })]))
      .toMatchObject({ behavioral_score: null, demographic_score: 5 });
  });
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
