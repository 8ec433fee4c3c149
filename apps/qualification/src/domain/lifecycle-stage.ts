import { LIFECYCLE_STAGES, type ConvertedInto, type LifecycleStage, type ScoringState } from '@headwater/contracts';

const rank = (stage: LifecycleStage): number => LIFECYCLE_STAGES.indexOf(stage);

/** The later of two stages: within a cycle a stage only rises. */
export const later = (a: LifecycleStage, b: LifecycleStage): LifecycleStage => (rank(a) < rank(b) ? b : a);

/**
 * The stage that a score alone speaks for. MQL takes the model's bound and at least one engagement; a behavioral score
 * above 0 is the trace of one.
 */
export function stageOfScore({ mql, effective, computed }: Pick<ScoringState, 'mql' | 'effective' | 'computed'>): LifecycleStage {
  if (mql && Math.max(effective.behavioral_score, computed.behavioral_score) > 0) return 'mql';
  return effective.temperature === 'suspect' ? 'suspect' : 'lead';
}

/** A customer buys, or has bought. Whoever has an open deal is an opportunity first, and stays one when it is lost. */
export const stageAtConversion = ({ opportunity_id }: Pick<ConvertedInto, 'opportunity_id'>, isWon: boolean): LifecycleStage =>
  (opportunity_id && !isWon ? 'opportunity' : 'customer');

export interface Cycle {
  lifecycle_stage: LifecycleStage;
  cycle: number;
  cycle_since: string;
}

/**
 * Back to the start of the funnel. Reopening always begins a new cycle, nurturing only where something is given up
 * by it: a lead that never got beyond `lead` goes on in the cycle it is in.
 * @param at when the new cycle begins
 */
export function recycle({ lifecycle_stage, cycle, cycle_since }: Cycle, to: 'new' | 'nurturing', at: string): Cycle {
  const falls = rank(lifecycle_stage) > rank('lead');
  if (to === 'nurturing' && !falls) return { lifecycle_stage, cycle, cycle_since };
  return { lifecycle_stage: 'lead', cycle: cycle + 1, cycle_since: at };
}
