import type { Contribution, IntakeState } from '@headwater/contracts';
import { settle } from './contribution-lines';
import { scoreEngagement, type Signal } from './score-engagement';
import { scoreFit } from './score-fit';
import type { ScoringModel } from './scoring-model';

/** The two parts in hundredths of a point: whole points, 0 to 5000. */
export interface Parts { readonly demographic: number; readonly behavioral: number }

export interface Computed extends Parts {
  /** those of a part sum to it exactly */
  readonly contributions: Contribution[];
}

/** @param now RFC 3339: the moment for which the signals are weighed */
export function scoreLead(lead: IntakeState, signals: readonly Signal[], model: ScoringModel, now: string): Computed {
  const demographic = settle('demographic', scoreFit(lead, model));
  const behavioral = settle('behavioral', signals.length === 0 ? [] : scoreEngagement(signals, model.behavioral, now));
  return {
    demographic: demographic.value,
    behavioral: behavioral.value,
    contributions: [...demographic.lines, ...behavioral.lines],
  };
}
