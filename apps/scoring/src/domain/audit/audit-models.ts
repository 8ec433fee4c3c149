import {
  GRADES, type Drift, type DriftRule, type GapTrend, type Grade, type GradeReliability, type MeanScore, type ModelAudit, type QuarterGap,
} from '@headwater/contracts';
import type { Outcome } from './lead-outcome';
import { wilson } from './wilson';

/** What was counted of the leads of a model version and a grade about which the same was decided in a quarter. */
export interface OutcomeCount {
  readonly quarter: string;
  /** its first day, YYYY-MM-DD */
  readonly from: string;
  readonly model_version: number;
  readonly grade: Grade;
  readonly outcome: Outcome;
  readonly count: number;
  /** sums over them */
  readonly total: number;
  readonly effective_total: number;
}

/** What a model has unless it says otherwise: below 40 of each the gap is mostly chance. */
export const DEFAULT_DRIFT: DriftRule = { min_outcomes: 40, narrowing: 0.3 };

/** Up to so many points a quarter either way, a gap is steady. */
const STEADY = 1;

export interface Audit { quarters: QuarterGap[]; trend: GapTrend; models: ModelAudit[] }

/**
 * How well scores foretold what became of leads, over all and by version.
 * @param ruleOf the drift rule of a version
 */
export function auditModels(counts: readonly OutcomeCount[], ruleOf: (version: number) => DriftRule): Audit {
  const quarters = gapsOf(counts);
  const versions = [...new Set(counts.map(({ model_version }) => model_version))].sort((one, other) => other - one);
  return {
    quarters, trend: trendOf(quarters),
    models: versions.map((version) => auditModel(version, counts.filter((count) => count.model_version === version), ruleOf(version))),
  };
}

function auditModel(model_version: number, counts: readonly OutcomeCount[], drift_rule: DriftRule): ModelAudit {
  const quarters = gapsOf(counts);
  return { model_version, quarters, trend: trendOf(quarters), reliability: reliabilityOf(counts), drift_rule, drift: driftOf(quarters, drift_rule) };
}

/** The oldest first; quarters without a deal that ended are left out. */
export function gapsOf(counts: readonly OutcomeCount[]): QuarterGap[] {
  const deals = counts.filter(({ outcome }) => outcome === 'won' || outcome === 'lost');
  const quarters = [...new Set(deals.map(({ quarter }) => quarter))].sort();
  let before: number | null = null;
  return quarters.map((quarter) => {
    const own = deals.filter((count) => count.quarter === quarter);
    const [won, lost] = (['won', 'lost'] as const).map((end) => meanOf(own.filter(({ outcome }) => outcome === end)));
    const gap = won.mean === null || lost.mean === null ? null : rounded(won.mean - lost.mean);
    const change = gap === null || before === null ? null : rounded(gap - before);
    before = gap ?? before;
    return { quarter, from: own[0].from, won, lost, gap, change };
  });
}

function meanOf(counts: readonly OutcomeCount[]): MeanScore {
  const sum = (field: 'count' | 'total' | 'effective_total') => counts.reduce((all, one) => all + one[field], 0);
  const count = sum('count');
  return count === 0 ? { count, mean: null, effective_mean: null }
    : { count, mean: rounded(sum('total') / count), effective_mean: rounded(sum('effective_total') / count) };
}

/**
 * Weighted least squares of the gaps over the quarters. A gap between two means weighs as much as its inverse variance where
 * all scores scatter alike: w · l / (w + l).
 */
export function trendOf(quarters: readonly QuarterGap[]): GapTrend {
  const points = quarters.flatMap(({ from, won, lost, gap }) =>
    (gap === null ? [] : [{ x: quarterNumber(from), y: gap, weight: (won.count * lost.count) / (won.count + lost.count) }]));
  if (points.length < 2) return { direction: 'unknown', points_per_quarter: null };
  const all = points.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: 'x' | 'y') => points.reduce((sum, point) => sum + point.weight * point[of], 0) / all;
  const [x, y] = [mean('x'), mean('y')];
  const slope = points.reduce((sum, point) => sum + point.weight * (point.x - x) * (point.y - y), 0)
    / points.reduce((sum, point) => sum + point.weight * (point.x - x) ** 2, 0);
  const points_per_quarter = rounded(slope);
  if (Math.abs(points_per_quarter) <= STEADY) return { direction: 'steady', points_per_quarter };
  return { direction: slope > 0 ? 'widening' : 'narrowing', points_per_quarter };
}

/** The latest quarter with enough deals of either end, against the widest gap of one before it, where that has lost too much. */
export function driftOf(quarters: readonly QuarterGap[], { min_outcomes, narrowing }: DriftRule): Drift | null {
  const enough = quarters.filter(({ won, lost }) => won.count >= min_outcomes && lost.count >= min_outcomes)
    .map(({ quarter, gap }) => ({ quarter, gap: gap! }));
  const latest = enough.at(-1);
  const widest = enough.slice(0, -1).reduce<typeof latest>((most, one) => (most && most.gap >= one.gap ? most : one), undefined);
  if (!latest || !widest || widest.gap <= 0) return null;
  const narrowed_by = rounded((widest.gap - latest.gap) / widest.gap);
  return narrowed_by < narrowing ? null
    : { quarter: latest.quarter, gap: latest.gap, reference_quarter: widest.quarter, reference_gap: widest.gap, narrowed_by };
}

export function reliabilityOf(counts: readonly OutcomeCount[]): GradeReliability[] {
  const sum = (some: readonly OutcomeCount[]) => some.reduce((all, { count }) => all + count, 0);
  return GRADES.flatMap((grade) => {
    const own = counts.filter((count) => count.grade === grade);
    const [decided, converted] = [sum(own), sum(own.filter(({ outcome }) => outcome !== 'disqualified'))];
    if (decided === 0) return [];
    const { low, high } = wilson(converted, decided);
    return [{ grade, decided, converted, share: rounded(converted / decided, 4), low: rounded(low, 4), high: rounded(high, 4) }];
  });
}

const quarterNumber = (from: string): number => Number(from.slice(0, 4)) * 4 + (Number(from.slice(5, 7)) - 1) / 3;

const rounded = (value: number, decimals = 2): number => Math.round(value * 10 ** decimals) / 10 ** decimals;
