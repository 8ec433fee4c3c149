import type { Context } from '../context';
import type { Warning } from '../domain-error';
import type { ConvertedInto, Contribution, ScoreOverride, ScoringState } from '../lead';
import { defineRequest } from '../request';
import type { ScoringModelVersion } from './scoring-models';

/** Scores of the leads that exist; a lead that scoring hasn't heard of yet is asked of intake and scored at once. */
export const GetScores = defineRequest<{ tenant: string; ids: number[] }, { scores: ScoringState[] }>('scoring', 'get_scores');

/** How many points the effective total has gained in so many days, by the ledger; null where there was no score then. */
export interface ScoreTrend { days_7: number | null; days_30: number | null }

export const ExplainScore = defineRequest<
  {
    context: Context;
    lead_id: number;
    /** RFC 3339: a moment of the past, or of the future; now when absent */
    as_of?: string;
  },
  {
    score: ScoringState; contributions: Contribution[];
    /** the moment of the answer, and the one that it is about */
    now: string; as_of: string;
    /** what of a past score is told by what is known now */
    approximate: string[];
    trend: ScoreTrend;
  }
>('scoring', 'explain_score');

export interface LedgerEntry {
  id: number;
  /** capture, update, signal, override, override_cleared, override_expired, model, rating … */
  cause: string;
  /** hundredths of a point that this entry adds to each part of the computed score; they fold to it */
  demographic: number;
  behavioral: number;
  effective_total: number;
  reason: string | null;
  actor: string | null;
  at: string;
}
export const ScoreHistory = defineRequest<
  { context: Context; lead_id: number; cursor?: string; limit: number },
  { entries: LedgerEntry[]; next_cursor: string | null }
>('scoring', 'score_history');

/** Pins one or both parts. */
export const OverrideScore = defineRequest<
  {
    context: Context;
    lead_id: number;
    /** names this override: applied once, whichever of request and event arrives first, and however often */
    key: string;
    override: ScoreOverride;
    expected_revision?: number;
  },
  { score: ScoringState; warnings?: Warning[] }
>('scoring', 'override_score');

export const ClearOverride = defineRequest<
  { context: Context; lead_id: number; reason?: string | null }, { score: ScoringState }
>('scoring', 'clear_override');

/** Computes the score anew from what is known. */
export const RecomputeScore =
  defineRequest<{ context: Context; lead_id: number }, { score: ScoringState }>('scoring', 'recompute_score');

/** What scoring owns of a PATCH: the stars, 0 to 5; null takes them back. */
export const RateLead = defineRequest<
  {
    context: Context; command_id: string; lead_id: number; patch: { rating?: number | null };
    expected_revision?: number; validate_only?: boolean;
  },
  { score: ScoringState }
>('scoring', 'rate_lead');

export const LockScore = defineRequest<
  { tenant: string; lead_id: number; converted: ConvertedInto }, Record<string, never>
>('scoring', 'lock_score');

export const GetModel = defineRequest<{ context: Context }, { model: ScoringModelVersion }>('scoring', 'get_model');
/** Writes a new version and activates it; all leads are scored anew, and keep the version that they were scored with until it is their turn. */
export const PutModel =
  defineRequest<{ context: Context; document: unknown }, { model: ScoringModelVersion }>('scoring', 'put_model');
