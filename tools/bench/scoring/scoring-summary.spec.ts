import { scoringFigures, type RescoreNumbers, type ScoringNumbers } from './scoring-summary';

const rescored = (changed: number, leads_per_s: number, p99_ms: number, last: number): RescoreNumbers =>
  ({ leads: 1_000, changed, leads_per_s, live: { leads: 9, p50_ms: 20, p99_ms }, memory_mb: { first: 100, last } });

const numbers: ScoringNumbers = {
  idle: { leads: 9, p50_ms: 15, p99_ms: 50 },
  rescores: { unchanged: rescored(0, 9_000, 60, 120), changed: rescored(1_000, 2_000, 150, 130) },
  signals: { sent: 6_000, accepted_per_s: 4_000, scored_per_s: 3_100 },
  score_lead: { operations_per_s: 50_000 }, read_as_of: { reads: 100, p50_ms: 3, p99_ms: 9 },
  scoring_baselines: { update_leads_per_s: 20_000, insert_signals_per_s: 90_000 },
};

test('says which figures hold', () => {
  expect(scoringFigures(numbers).map(({ name, value, holds, baseline }) => [name, value, holds, baseline])).toEqual([
    ['re-score of 1000 leads, none scores otherwise', 9_000, true, 20_000],
    ['re-score of 1000 leads, none scores otherwise: posted to routed meanwhile, p99 to that of idle', 1.2, true, 50],
    ['re-score of 1000 leads, none scores otherwise: memory of scoring, last quarter to first', 1.2, true, 100],
    ['re-score of 1000 leads, each scores otherwise', 2_000, false, 20_000],
    ['re-score of 1000 leads, each scores otherwise: posted to routed meanwhile, p99 to that of idle', 3, false, 50],
    ['re-score of 1000 leads, each scores otherwise: memory of scoring, last quarter to first', 1.3, false, 100],
    ['signals ingested and scored', 3_100, true, 90_000],
  ]);
});
