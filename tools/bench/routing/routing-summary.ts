import { atLeast, atMost, type Figure } from '../figures/figures';
import type { LatenessNumbers } from '../watching/measure-lateness';

export interface RoutingThroughput {
  leads: number;
  /** from the first that is consumed to the last that has its owner */
  leads_per_s: number;
  /** of the baseline */
  locked_turns_per_s: number;
}

/** From a lead's score to the event that it is routed, alone. */
export interface DecisionTimes {
  rules: number;
  p50_ms: number;
  p99_ms: number;
}

export interface FairnessNumbers {
  leads: number;
  replicas: number;
  /** most and fewest picks of those who were there throughout, apart */
  spread: number;
}

export interface RoutingNumbers {
  throughput: RoutingThroughput;
  decisions: DecisionTimes[];
  fairness: FairnessNumbers;
  lateness: LatenessNumbers;
}

/** What issue 8 asks for. */
export function routingFigures({ throughput, decisions, fairness, lateness }: RoutingNumbers): Figure[] {
  return [
    atLeast('leads routed, with 500 reps, 200 rules, 5,000 territories', 2_000,
      { value: throughput.leads_per_s, unit: 'leads/s', baseline: throughput.locked_turns_per_s }),
    ...decisions.map(({ rules, p99_ms, p50_ms }) => atMost(`score to routed with ${rules} rules, p99 (beside it: p50)`, 20, { value: p99_ms, unit: 'ms', baseline: p50_ms })),
    atMost(`picks apart after ${fairness.leads} leads over ${fairness.replicas} replicas`, 1, { value: fairness.spread, unit: 'leads' }),
    atMost(`how late ${lateness.due} of ${lateness.running} clocks fired, p99 (beside it: the latest)`, 1_000, { value: lateness.p99_ms, unit: 'ms', baseline: lateness.max_ms }),
  ];
}
