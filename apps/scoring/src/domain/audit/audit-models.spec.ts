import fc from 'fast-check';
import type { Grade } from '@headwater/contracts';
import { auditModels, DEFAULT_DRIFT, driftOf, gapsOf, reliabilityOf, trendOf, type OutcomeCount } from './audit-models';
import type { Outcome } from './lead-outcome';
import { wilson } from './wilson';

const FROM: Record<string, string> = { '2025-Q3': '2025-07-01', '2025-Q4': '2025-10-01', '2026-Q1': '2026-01-01', '2026-Q2': '2026-04-01' };

/** So many leads with a mean score. */
const counted = (quarter: string, outcome: Outcome, count: number, mean: number, more: { grade?: Grade; model_version?: number } = {}): OutcomeCount => ({
  quarter, from: FROM[quarter], model_version: 1, grade: 'B', ...more, outcome, count, total: count * mean, effective_total: count * (mean + 5),
});
const deals = (quarter: string, won: number, lost: number, count = 50): OutcomeCount[] =>
  [counted(quarter, 'won', count, won), counted(quarter, 'lost', count, lost)];

describe('the gap', () => {
  it('is what the mean of won deals stands above that of lost ones, by quarter, and how it has changed', () => {
    const gaps = gapsOf([...deals('2026-Q1', 70, 50), ...deals('2025-Q4', 75, 45), counted('2026-Q1', 'disqualified', 9, 10), counted('2025-Q3', 'won', 3, 80)]);
    expect(gaps.map(({ quarter, gap, change }) => [quarter, gap, change])).toEqual([['2025-Q3', null, null], ['2025-Q4', 30, null], ['2026-Q1', 20, -10]]);
    expect(gaps[2].won).toEqual({ count: 50, mean: 70, effective_mean: 75 });
  });

  it('of parts is that of the whole', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom<Outcome>('won', 'lost'), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 0, max: 100 })), { maxLength: 12 }), (some) => {
      const parts = some.map(([outcome, count, mean]) => counted('2026-Q1', outcome, count, mean));
      const singly = parts.flatMap((part) => Array.from({ length: part.count }, () => ({ ...part, count: 1, total: part.total / part.count, effective_total: part.effective_total / part.count })));
      expect(gapsOf(singly)).toEqual(gapsOf(parts));
    }), { numRuns: 50 });
  });

  it.each([
    [[30, 24, 18], 'narrowing', -6], [[18, 24, 30], 'widening', 6], [[20, 20.5, 20], 'steady', 0],
  ])('that goes %j is %s', (gaps, direction, points_per_quarter) => {
    const counts = gaps.flatMap((gap, i) => deals(['2025-Q4', '2026-Q1', '2026-Q2'][i], 40 + gap, 40));
    expect(trendOf(gapsOf(counts))).toEqual({ direction, points_per_quarter });
  });

  it('of one quarter has no trend', () => {
    expect(trendOf(gapsOf(deals('2026-Q1', 70, 50)))).toEqual({ direction: 'unknown', points_per_quarter: null });
  });

  it('that few deals tell of hardly bends the trend', () => {
    const counts = [...deals('2025-Q3', 70, 50, 200), ...deals('2025-Q4', 70, 50, 200), ...deals('2026-Q1', 70, 50, 200), ...deals('2026-Q2', 20, 60, 1)];
    expect(trendOf(gapsOf(counts)).direction).toBe('steady');
  });
});

describe('a drift', () => {
  it('is a gap that has lost too much of the widest one before it, however slowly', () => {
    const counts = [...deals('2025-Q3', 80, 50), ...deals('2025-Q4', 76, 50), ...deals('2026-Q1', 73, 50), ...deals('2026-Q2', 70, 50)];
    expect(driftOf(gapsOf(counts), DEFAULT_DRIFT)).toEqual({
      quarter: '2026-Q2', gap: 20, reference_quarter: '2025-Q3', reference_gap: 30, narrowed_by: 0.33,
    });
    expect(driftOf(gapsOf(counts.slice(0, 6)), DEFAULT_DRIFT)).toBeNull();
  });

  it('may turn the gap around', () => {
    expect(driftOf(gapsOf([...deals('2025-Q4', 70, 50), ...deals('2026-Q1', 40, 50)]), DEFAULT_DRIFT)).toMatchObject({ gap: -10, narrowed_by: 1.5 });
  });

  it.each([
    ['few deals are not enough to tell', [...deals('2025-Q4', 70, 50), ...deals('2026-Q1', 50, 50, 39)]],
    ['there was no gap before', [...deals('2025-Q4', 50, 60), ...deals('2026-Q1', 40, 60)]],
    ['there is nothing to compare it with', deals('2026-Q1', 40, 60)],
    ['it is wider than ever', [...deals('2025-Q4', 60, 50), ...deals('2026-Q1', 90, 50)]],
  ])('is none where %s', (_, counts) => {
    expect(driftOf(gapsOf(counts), DEFAULT_DRIFT)).toBeNull();
  });

  it('is judged by the rule of each version', () => {
    const counts = [...deals('2025-Q4', 70, 50, 10), ...deals('2026-Q1', 65, 50, 10)];
    const both = [...counts, ...counts.map((count) => ({ ...count, model_version: 2 }))];
    const audit = auditModels(both, (version) => (version === 2 ? { min_outcomes: 10, narrowing: 0.25 } : DEFAULT_DRIFT));
    expect(audit.models.map(({ model_version, drift }) => [model_version, drift?.narrowed_by ?? null])).toEqual([[2, 0.25], [1, null]]);
    expect(audit.quarters[0].won.count).toBe(20);
  });
});

describe('the reliability of grades', () => {
  it('is the share that was converted, whatever became of the deal then', () => {
    const counts = [
      counted('2026-Q1', 'won', 30, 85, { grade: 'A' }), counted('2026-Q1', 'lost', 10, 85, { grade: 'A' }), counted('2025-Q4', 'disqualified', 10, 85, { grade: 'A' }),
      counted('2026-Q1', 'converted', 5, 45, { grade: 'C' }), counted('2026-Q1', 'disqualified', 95, 45, { grade: 'C' }),
    ];
    expect(reliabilityOf(counts)).toEqual([
      { grade: 'A', decided: 50, converted: 40, share: 0.8, low: 0.6696, high: 0.8876 },
      { grade: 'C', decided: 100, converted: 5, share: 0.05, low: 0.0215, high: 0.1118 },
    ]);
  });

  it('has an interval around the share, within 0 and 1, that narrows with the count', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, part) => {
      const hits = Math.floor(part * count);
      const { low, high } = wilson(hits, count);
      const more = wilson(hits * 4, count * 4);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(hits / count).toBeGreaterThanOrEqual(low - 1e-12);
      expect(hits / count).toBeLessThanOrEqual(high + 1e-12);
      expect(more.high - more.low).toBeLessThan(high - low);
    }));
  });
});
