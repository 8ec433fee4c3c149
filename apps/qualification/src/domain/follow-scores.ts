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
  const spokenFor = scores.filter(({ scored_at }) => Date.parse(scored_at) >= Date.parse(lead.cycle_since)).map(stageOfScore);
  const stage = spokenFor.reduce(later, lead.lifecycle_stage);
  // While others are merged into it the lead stands further than by itself.
  const own = lead.own && { ...lead.own, lifecycle_stage: spokenFor.reduce(later, lead.own.lifecycle_stage) };
  if (!newest && stage === lead.lifecycle_stage && own?.lifecycle_stage === lead.own?.lifecycle_stage) return lead;
  return {
    ...lead,
    revision: lead.revision + (stage === lead.lifecycle_stage ? 0 : 1),
    lifecycle_stage: stage, own,
    ...(newest ? { scoring_revision: newest.revision, score: newest.effective } : {}),
  };
}
