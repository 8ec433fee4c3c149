import { atLeast, atMost, type Figure } from '../figures/figures';
import type { LiveNumbers } from '../load/live-leads';

/** All leads scored anew after a model was activated. */
export interface RescoreNumbers {
  leads: number;
  /** those of them that score otherwise by the new model */
  changed: number;
  leads_per_s: number;
  /** of leads that were posted meanwhile */
  live: LiveNumbers;
  /** of scoring, in the first and in the last quarter: the most that was resident */
  memory_mb: { first: number; last: number };
}

export interface ScoringNumbers {
  /** of leads that were posted while nothing else went on */
  idle: LiveNumbers;
  rescores: { unchanged: RescoreNumbers; changed: RescoreNumbers };
  /** `scored` is until the last lead is scored by the last signal */
  signals: { sent: number; accepted_per_s: number; scored_per_s: number };
  score_lead: { operations_per_s: number };
  read_as_of: { reads: number; p50_ms: number; p99_ms: number };
  scoring_baselines: { update_leads_per_s: number; insert_signals_per_s: number };
}

const MEMORY_TOLERANCE = 1.25;

/** What issue 7 asks for; the other numbers stand beside it. */
export function scoringFigures({ idle, rescores, signals, scoring_baselines: baselines }: ScoringNumbers): Figure[] {
  const { update_leads_per_s: update, insert_signals_per_s: insert } = baselines;
  return [
    ...(['unchanged', 'changed'] as const).flatMap((kind) => {
      const { leads, leads_per_s, live, memory_mb: { first, last } } = rescores[kind];
      const what = `re-score of ${leads} leads, ${kind === 'changed' ? 'each scores otherwise' : 'none scores otherwise'}`;
      return [
        atLeast(what, 8_000, { value: leads_per_s, unit: 'leads/s', baseline: update }),
        atMost(`${what}: posted to routed meanwhile, p99 to that of idle`, 2, { value: live.p99_ms / idle.p99_ms, unit: '×', baseline: idle.p99_ms }),
        atMost(`${what}: memory of scoring, last quarter to first`, MEMORY_TOLERANCE, { value: last / first, unit: '×', baseline: first }),
      ];
    }),
    atLeast('signals ingested and scored', 3_000, { value: signals.scored_per_s, unit: 'signals/s', baseline: insert }),
  ];
}
