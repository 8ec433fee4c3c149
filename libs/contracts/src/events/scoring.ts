import { defineEvent, exampleOfLead } from '../event';
import { Id, Instant, Integer, Nested, NestedList, Properties, Text } from '../field';
import { Contribution, IntakeState, ScoringState } from '../lead';
import { Drift, DriftRule, GapTrend } from '../requests/scoring-audit';
import { CAPTURED, CONTACTED_AT, CONTRIBUTIONS, LEAD, RATED, SCORED } from './examples';

export class LeadScoredData {
  @Nested(() => ScoringState, { required: true }) score: ScoringState;
  @NestedList(() => Contribution, 200, { required: true, description: 'what the computed score is made of' })
  contributions: Contribution[];
  @Nested(() => IntakeState, { required: true, description: 'what it was computed from; `revision` says how old that is' })
  lead: IntakeState;
}

export class LeadRatedData {
  @Nested(() => ScoringState, { required: true }) score: ScoringState;
  @Integer(0, 5) former_rating?: number | null;
}

/** Something that a lead did. */
export class SeenSignal {
  @Text(100, { required: true }) signal_id: string;
  @Text(60, { required: true, example: 'demo_request' }) type: string;
  @Instant({ required: true }) at: string;
  @Properties(20, 200) properties?: Record<string, string | number | boolean | null> | null;
}

export class LeadSignalledData {
  @Id({ required: true, description: 'that did it; it may be part of another one' }) lead_id: number;
  @NestedList(() => SeenSignal, 20, { required: true }) signals: SeenSignal[];
}

/** That a model foretells less than it did; see `GET /scoring/audit` for all that it was judged by. */
export class ScoringModelDriftedData extends Drift {
  @Integer(1, 1_000_000, { required: true }) model_version: number;
  @Nested(() => GapTrend, { required: true }) trend: GapTrend;
  @Nested(() => DriftRule, { required: true, description: 'by which it is called a drift' }) drift_rule: DriftRule;
  @Instant({ required: true }) at: string;
}

export const LeadScored = defineEvent('lead.scored', 1, ['scoring'], 'state', LeadScoredData, {
  when: 'the score of a lead was computed, set by a person or given back to the model',
  example: exampleOfLead(SCORED, { score: SCORED, contributions: CONTRIBUTIONS, lead: CAPTURED }),
});
/** A person set the stars. A fact, though it carries the state: its effects happen once per rise. */
export const LeadRated = defineEvent('lead.rated', 1, ['scoring'], 'fact', LeadRatedData, {
  when: 'a person set the stars of a lead, or took them back',
  example: exampleOfLead(RATED, { score: RATED, former_rating: null }),
});
/** Of leads that are nurtured alone: what others do moves their scores, and nothing besides. */
export const LeadSignalled = defineEvent('lead.signalled', 1, ['scoring'], 'fact', LeadSignalledData, {
  when: 'a lead that is nurtured did something: it may be an exit',
  example: exampleOfLead({ lead_id: LEAD }, { lead_id: LEAD, signals: [{ signal_id: 'hit-20251216-77', type: 'demo_request', at: CONTACTED_AT, properties: { page: '/demo' } }] }),
});
/** Once for each quarter of a version. */
export const ScoringModelDrifted = defineEvent('scoring_model.drifted', 1, ['scoring'], 'fact', ScoringModelDriftedData, {
  when: 'the scores of won deals stood less far above those of lost ones, by an active scoring model, than they did in a quarter before',
  example: {
    subject: '1', data: {
      model_version: 1, quarter: '2026-Q1', gap: 14.2, reference_quarter: '2025-Q3', reference_gap: 22.5, narrowed_by: 0.37,
      trend: { direction: 'narrowing', points_per_quarter: -4.1 }, drift_rule: { min_outcomes: 40, narrowing: 0.3 }, at: '2026-03-15T04:00:12.000Z',
    },
  },
});
