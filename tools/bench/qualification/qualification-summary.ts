import { atLeast, atMost, type Figure } from '../figures/figures';
import type { LatenessNumbers } from '../watching/measure-lateness';

export interface CommandNumbers {
  clients: number;
  per_s: number;
  p50_ms: number;
  p99_ms: number;
  by_command: { command: string; p50_ms: number; p99_ms: number }[];
  /** the same rows, in one transaction through pg, from as many connections */
  baseline_per_s: number;
  /** processor time of each process, in microseconds */
  cpu_us_per_command: Record<string, number>;
}

export interface QualificationNumbers {
  /** present */
  leads: number;
  commands: CommandNumbers;
  recycling: LatenessNumbers;
}

/** What issue 9 asks for. */
export function qualificationFigures({ leads, commands: { clients, per_s, p99_ms, baseline_per_s }, recycling }: QualificationNumbers): Figure[] {
  const what = `commands, ${clients} clients, ${leads} leads present`;
  return [
    atLeast(what, 800, { value: per_s, unit: '/s', baseline: baseline_per_s }),
    atMost(`${what}, p99`, 120, { value: p99_ms, unit: 'ms' }),
    atMost(`how late ${recycling.due} of ${recycling.running} nurtured leads came back, p99 (beside it: the latest)`, 1_000,
      { value: recycling.p99_ms, unit: 'ms', baseline: recycling.max_ms }),
  ];
}
