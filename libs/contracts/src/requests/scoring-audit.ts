import type { Context } from '../context';
import { CalendarDate, Count, Decimal, Instant, Integer, Nested, NestedList, OneOf, Pattern, Text } from '../field';
import { defineRequest } from '../request';
import { GRADES, type Grade } from '../vocabulary';

const VERSION = [1, 1_000_000] as const;
const QUARTER = /^\d{4}-Q[1-4]$/;

export const TREND_DIRECTIONS = ['widening', 'steady', 'narrowing', 'unknown'] as const;
export type TrendDirection = (typeof TREND_DIRECTIONS)[number];

/** Of deals that ended alike: how many, and the mean of the scores that their leads had when they were converted. */
export class MeanScore {
  @Count({ required: true }) count: number;
  @Decimal(0, 100, { description: 'of the totals that the model computed; null without a deal' }) mean: number | null;
  @Decimal(0, 100, { description: 'of the totals that counted, with what people had pinned' }) effective_mean: number | null;
}

/** How far the scores of won deals stood above those of lost ones. */
export class QuarterGap {
  @Pattern(QUARTER, 7, { required: true, example: '2026-Q1' }) quarter: string;
  @CalendarDate({ required: true, description: "its first day, in the tenant's time zone" }) from: string;
  @Nested(() => MeanScore, { required: true }) won: MeanScore;
  @Nested(() => MeanScore, { required: true }) lost: MeanScore;
  @Decimal(-100, 100, { description: 'mean of won minus mean of lost; null where one of them has no deal' }) gap: number | null;
  @Decimal(-200, 200, { description: 'of the gap since the last quarter before that had one' }) change: number | null;
}

export class GapTrend {
  @OneOf(TREND_DIRECTIONS, { required: true, description: '`steady` within a point a quarter; `unknown` with fewer than two gaps' })
  direction: TrendDirection;
  @Decimal(-200, 200, { description: 'least squares over the gaps, each by the number of its deals' }) points_per_quarter: number | null;
}

/** Of the leads of a grade of which it was decided, how many were converted. */
export class GradeReliability {
  @OneOf(GRADES, { required: true }) grade: Grade;
  @Count({ required: true, description: 'leads that were converted or disqualified' }) decided: number;
  @Count({ required: true }) converted: number;
  @Decimal(0, 1, { required: true }) share: number;
  @Decimal(0, 1, { required: true, description: 'the share lies between this and `high` with 95 % (Wilson)' }) low: number;
  @Decimal(0, 1, { required: true }) high: number;
}

/** When narrower gaps are called a drift: data of the model. */
export class DriftRule {
  @Integer(5, 100_000, { required: true, description: 'won deals, and lost ones, that a quarter must have to be compared' }) min_outcomes: number;
  @Decimal(0.01, 1, { required: true, description: 'the share of its widest gap that is lost' }) narrowing: number;
}

/** The latest quarter that can be compared, with the widest gap before it. */
export class Drift {
  @Pattern(QUARTER, 7, { required: true }) quarter: string;
  @Decimal(-100, 100, { required: true }) gap: number;
  @Pattern(QUARTER, 7, { required: true }) reference_quarter: string;
  @Decimal(-100, 100, { required: true }) reference_gap: number;
  @Decimal(0, 1_000, { required: true, description: 'share of the reference' }) narrowed_by: number;
}

export class ModelAudit {
  @Integer(...VERSION, { required: true }) model_version: number;
  @NestedList(() => QuarterGap, 40, { required: true }) quarters: QuarterGap[];
  @Nested(() => GapTrend, { required: true }) trend: GapTrend;
  @NestedList(() => GradeReliability, 5, { required: true, description: 'of the grades that had a decision' }) reliability: GradeReliability[];
  @Nested(() => DriftRule, { required: true }) drift_rule: DriftRule;
  @Nested(() => Drift, { description: 'null while the gap holds, or there are too few deals to say' }) drift: Drift | null;
}

/** How well scores foretold what became of leads. */
export class ScoringAudit {
  @Instant({ required: true }) audited_at: string;
  @Text(60, { required: true }) time_zone: string;
  @CalendarDate({ required: true, description: 'the first day that counts' }) from: string;
  @Count({ required: true, description: 'decisions about leads whose score is not known yet; they count nowhere' }) unscored: number;
  @NestedList(() => QuarterGap, 40, { required: true, description: 'over all versions, each lead by the one that it was decided with' }) quarters: QuarterGap[];
  @Nested(() => GapTrend, { required: true }) trend: GapTrend;
  @NestedList(() => ModelAudit, 200, { required: true, description: 'the newest first' }) models: ModelAudit[];
}

/**
 * Of now, over so many quarters up to the present one; or the one that was stored on a day of the tenant.
 * @throws DomainError `not_found` when none was stored on that day
 */
export const GetScoringAudit =
  defineRequest<{ context: Context; quarters?: number; day?: string }, { audit: ScoringAudit }>('scoring', 'get_scoring_audit');
