import type { Context } from '../context';
import { Count, Decimal, Document, Flag, Id, Instant, Integer, Integers, Nested, NestedList, OneOf, Text } from '../field';
import { Contribution, LeadScoreView } from '../lead';
import { defineRequest } from '../request';
import type { Grade, Temperature } from '../vocabulary';

/** A version is written as a draft, activated, and retired when another takes its place. */
export const MODEL_STATES = ['draft', 'active', 'retired'] as const;
export type ModelState = (typeof MODEL_STATES)[number];

export const RESCORE_STATES = ['running', 'done', 'superseded'] as const;
export type RescoreState = (typeof RESCORE_STATES)[number];

export const MOST_SIMULATED_DAYS = 365;

/** A version of how a tenant scores, without the document itself. */
export class ScoringModelSummary {
  @Id({ required: true, example: 41 }) id: number;
  @Integer(1, 1_000_000, { required: true, description: 'counts the versions of the tenant' }) version: number;
  @Text(100, { required: true }) name: string;
  @OneOf(MODEL_STATES, { required: true }) state: ModelState;
  @Flag({ required: true, description: 'whether it is in that state `active`' }) active: boolean;
  @Text(60, { description: 'the segment whose leads it scores; null: all that no segment has' }) segment: string | null;
  @Instant({ required: true }) created_at: string;
  @Text(200, { required: true }) created_by: string;
  @Instant({ required: true, description: 'when its document was written last' }) updated_at: string;
  @Instant({ description: 'when it was activated last' }) activated_at: string | null;
  @Text(200) activated_by: string | null;
}

export class ScoringModelVersion extends ScoringModelSummary {
  @Document({ required: true, description: 'the model, as it may be sent back' }) document: Record<string, unknown>;
}

/** All leads of a tenant are scored anew as other models are active; it goes on in the bulk lane, and this is how far it is. */
export class Rescore {
  @Id({ required: true, example: 51 }) id: number;
  @OneOf(['activate', 'rollback'], { required: true }) cause: 'activate' | 'rollback';
  @Id({ required: true, description: 'the version that was activated; of a rollback without another in its place, the one that was taken back' }) model_id: number;
  @OneOf(RESCORE_STATES, { required: true, description: '`superseded`: models were changed again before its end, and another goes on' }) state: RescoreState;
  @Count({ description: 'leads of the tenant; null until it has begun' }) total: number | null;
  @Count({ required: true, description: 'leads that were looked at' }) done: number;
  @Count({ required: true, description: 'leads among them that score otherwise than before' }) changed: number;
  @Count({ description: 'done a second since it began' }) leads_per_s: number | null;
  @Text(200, { required: true }) by: string;
  @Instant({ required: true }) created_at: string;
  @Instant() started_at: string | null;
  @Instant() finished_at: string | null;
}

export class ActivatedModel {
  @Nested(() => ScoringModelVersion, { required: true }) model: ScoringModelVersion;
  @Nested(() => Rescore, { description: 'the re-score of all leads that follows; null when the version was active already' }) rescore: Rescore | null;
}

interface OfModel { context: Context; model_id: number }
interface Page { cursor?: string; limit: number }

/** The versions of a tenant, the newest first. @throws DomainError `wrong_cursor` */
export const ListModels = defineRequest<
  { context: Context; state?: ModelState } & Page, { models: ScoringModelSummary[]; next_cursor: string | null }
>('scoring', 'list_models');

/** @throws DomainError `not_found` */
export const GetModelVersion = defineRequest<OfModel, { model: ScoringModelVersion }>('scoring', 'get_model_version');

/** Writes a version that scores nothing yet. @throws DomainError `invalid` with every problem of the document */
export const DraftModel = defineRequest<{ context: Context; document: unknown }, { model: ScoringModelVersion }>('scoring', 'draft_model');

/** @throws DomainError `not_found`, `invalid`; `model_not_draft` for one that was activated before */
export const ReviseModel = defineRequest<OfModel & { document: unknown }, { model: ScoringModelVersion }>('scoring', 'revise_model');

/** @throws DomainError `not_found`, `model_not_draft` */
export const DeleteModel = defineRequest<OfModel, { model: ScoringModelVersion }>('scoring', 'delete_model');

/**
 * Lets a version score in the place of the active one of its segment, and all leads be scored anew; a repetition changes nothing.
 * @throws DomainError `not_found`; `invalid` for a document that has become none; `model_not_evaluable` when it can't score a sample
 */
export const ActivateModel = defineRequest<OfModel, ActivatedModel>('scoring', 'activate_model');

/**
 * Puts the version back that the active one of a segment took the place of; without one the segment ends.
 * @throws DomainError `nothing_to_roll_back`
 */
export const RollBackModel = defineRequest<{ context: Context; segment?: string | null }, ActivatedModel>('scoring', 'roll_back_model');

/** @throws DomainError `not_found` */
export const GetRescore = defineRequest<{ context: Context; rescore_id: number }, { rescore: Rescore }>('scoring', 'get_rescore');

/** The newest first. @throws DomainError `wrong_cursor` */
export const ListRescores =
  defineRequest<{ context: Context } & Page, { rescores: Rescore[]; next_cursor: string | null }>('scoring', 'list_rescores');

/** How scores lie. */
export class ScoreDistribution {
  @Decimal(0, 100, { description: 'of the totals; null without leads' }) mean: number | null;
  @Document({ required: true, description: 'leads by grade', example: { A: 3, B: 12, C: 40, D: 8, F: 1 } }) grades: Record<Grade, number>;
  @Document({ required: true, description: 'leads by temperature', example: { suspect: 5, cold: 20, warm: 30, hot: 9 } }) temperatures: Record<Temperature, number>;
  @Count({ required: true, description: 'leads at or above the MQL bound' }) mql: number;
  @Integers(10, { required: true, description: 'leads by total: 0 to 9, 10 to 19, … 90 to 100' }) histogram: number[];
}

export class CrossingLead {
  @Id({ required: true }) lead_id: number;
  @OneOf(['rise', 'fall'], { required: true }) direction: 'rise' | 'fall';
  @Integer(0, 100, { required: true, description: 'total by what is active' }) before: number;
  @Integer(0, 100, { required: true, description: 'total by the model that is tried' }) after: number;
}

/** Who would cross a band. */
export class Crossing {
  @Count({ required: true, description: 'leads that would be in it, and are not' }) rise: number;
  @Count({ required: true, description: 'leads that are in it, and would not be' }) fall: number;
  @NestedList(() => CrossingLead, 100, { required: true, description: 'the first of them, the newest lead first' }) leads: CrossingLead[];
}

export class Precision {
  @Decimal(0, 1, { required: true, description: 'share of the top tenth that was won or converted; of equal totals at its edge, in proportion' }) precision: number;
  @Decimal(0, Number.MAX_SAFE_INTEGER, { description: 'how many times the share among all; null where that is 0' }) lift: number | null;
}

/** How well scores tell those who became customers from those who did not. */
export class Ranking {
  @Count({ required: true, description: 'leads whose outcome is known' }) leads: number;
  @Count({ required: true, description: 'won or converted' }) good: number;
  @Decimal(0, 1, { required: true, description: 'good among all' }) base_rate: number;
  @Count({ required: true, description: 'leads in the top tenth' }) top: number;
  @Nested(() => Precision, { required: true }) before: Precision;
  @Nested(() => Precision, { required: true }) after: Precision;
}

export class SimulatedScore {
  @Nested(() => LeadScoreView, { required: true }) score: LeadScoreView;
  @Integer(1, 1_000_000, { required: true }) model_version: number;
  @NestedList(() => Contribution, 300, { required: true }) contributions: Contribution[];
}

export class SimulatedLead {
  @Id({ required: true }) lead_id: number;
  @Nested(() => SimulatedScore, { required: true }) before: SimulatedScore;
  @Nested(() => SimulatedScore, { required: true }) after: SimulatedScore;
}

export class SimulationFindings {
  @Count({ required: true, description: 'that were scored by both, converted ones aside: they keep their score' }) leads: number;
  @Count({ required: true, description: 'leads among them with another total' }) changed: number;
  @Nested(() => ScoreDistribution, { required: true }) before: ScoreDistribution;
  @Nested(() => ScoreDistribution, { required: true }) after: ScoreDistribution;
  @Nested(() => Crossing, { required: true, description: 'the temperature hot' }) hot: Crossing;
  @Nested(() => Crossing, { required: true }) mql: Crossing;
  @Nested(() => Ranking, { description: 'null where no outcome is known' }) ranking: Ranking | null;
  @NestedList(() => SimulatedLead, 10, { required: true, description: 'those whose total would move most' }) samples: SimulatedLead[];
}

/** What a model would do to the leads of some days, by what is known now. Nothing was written. */
export class SimulatedModel extends SimulationFindings {
  @Id({ required: true }) model_id: number;
  @Integer(1, MOST_SIMULATED_DAYS, { required: true }) days: number;
  @Count({ required: true, description: 'leads of these days' }) of: number;
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true, description: 'each how-manieth of them was taken: 1 is all. Counts are of those that were taken' }) sampled_every: number;
  @Flag({ required: true, description: 'false: the time was over before the oldest of them were reached' }) complete: boolean;
}

export class SimulationRequest {
  @Integer(1, MOST_SIMULATED_DAYS, { description: 'the leads of so many days past; 30 when absent', example: 90 }) days?: number | null;
}

/**
 * Scores the leads of the past days by a model and by what is active, and compares.
 * @throws DomainError `not_found`, `model_active` for one that scores already, `too_many_simulations`
 */
export const SimulateModel = defineRequest<OfModel & { days: number }, { simulation: SimulatedModel }>('scoring', 'simulate_model');
