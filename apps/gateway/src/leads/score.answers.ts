import { Contribution, Flag, Id, Instant, Integer, LeadScoreView, Nested, NestedList, ScoreOverride, Text, Texts } from '@headwater/contracts';

export class Score {
  @Id({ required: true }) id: number;
  @Nested(() => LeadScoreView, { required: true, description: 'what counts: the override where there is one' }) lead_score: LeadScoreView;
  @Nested(() => LeadScoreView, { required: true }) computed: LeadScoreView;
  @Nested(() => ScoreOverride) override?: ScoreOverride | null;
  @Integer(0, 5) rating?: number | null;
  @Flag({ required: true }) is_hot: boolean;
  @Texts(5, 100, { required: true }) hot_reasons: string[];
  @Flag({ required: true }) mql: boolean;
  @Integer(1, 1_000_000, { required: true }) model_version: number;
  @Instant({ required: true }) scored_at: string;
}

/** Points that the total has gained, by its history; null where there was no score then. */
export class ScoreTrendView {
  @Integer(-100, 100, { description: 'in 7 days' }) days_7?: number | null;
  @Integer(-100, 100, { description: 'in 30 days' }) days_30?: number | null;
}

export class ExplainedScore extends Score {
  @NestedList(() => Contribution, 200, { required: true, description: 'they sum to the computed score' }) contributions: Contribution[];
  @Instant({ required: true, description: 'the moment of the answer' }) now: string;
  @Instant({ required: true, description: 'the moment that it is about: the same, unless another one was asked for' }) as_of: string;
  @Texts(5, 20, {
    required: true,
    description: 'what of a past score is told by what is known now: `lead`, whose facts have changed since; `merges`; `model`, where another one was active',
  }) approximate: string[];
  @Nested(() => ScoreTrendView, { required: true }) trend: ScoreTrendView;
}

export class ScoreChange {
  @Id({ required: true }) id: number;
  @Text(60, { required: true }) cause: string;
  @Integer(-100_000, 100_000, { required: true, description: 'hundredths of a point' }) demographic: number;
  @Integer(-100_000, 100_000, { required: true, description: 'hundredths of a point' }) behavioral: number;
  @Integer(0, 100, { required: true }) effective_total: number;
  @Text(2_000) reason?: string | null;
  @Text(200) actor?: string | null;
  @Instant({ required: true }) at: string;
}
