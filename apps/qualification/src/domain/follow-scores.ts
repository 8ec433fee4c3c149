import type { ScoringState } from '@headwater/contracts';
import type { LeadStatus } from './lead-status';
import { later, stageOfScore } from './lifecycle-stage';

/**
 * Takes scores in: keeps the newest, and raises the stage to the furthest that any of them speaks for, so that their
 * order and repetition don't matter. A score from before the present cycle doesn't raise its stage.
 * @returns the lead itself when nothing changed
 */
export function followScores(lead: LeadStatus, scores: readonly ScoringState[]): LeadStatus {
  if (lead.status === 'converted') return lead;
  const newest = scores.reduce<ScoringState | null>((best, score) =>
    (score.revision > (best?.revision ?? lead.scoring_revision) ? score : best), null);
  const stage = scores
    .filter(({ scored_at }) => Date.parse(scored_at) >= Date.parse(lead.cycle_since))
    .reduce((highest, score) => later(highest, stageOfScore(score)), lead.lifecycle_stage);
  if (!newest && stage === lead.lifecycle_stage) return lead;
  return {
    ...lead,
    revision: lead.revision + (stage === lead.lifecycle_stage ? 0 : 1),
    lifecycle_stage: stage,
    own: lead.own && { ...lead.own, lifecycle_stage: later(lead.own.lifecycle_stage, stage) },
    ...(newest ? { scoring_revision: newest.revision, score: newest.effective } : {}),
  };
}
