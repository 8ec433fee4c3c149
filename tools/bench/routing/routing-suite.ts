import type { Bench } from '../bench';
import { measureLateness } from '../watching/measure-lateness';
import { measureDecisionTimes, measureFairness, measureRoutingThroughput } from './measure-routing';
import type { RoutingNumbers } from './routing-summary';

/** Of the leads of the suite, for the throughput; the others are for the fairness. */
const THROUGHPUT_SHARE = 0.2;

/** Measures the suite `routing`: how fast leads find their owners, how long one decision takes, and how fairly they are shared out. */
export async function runRoutingSuite(bench: Bench): Promise<RoutingNumbers> {
  const { terminal, options: { leads } } = bench;
  const throughput = await terminal.step('Throughput', (say) => measureRoutingThroughput(bench, Math.round(leads * THROUGHPUT_SHARE), say),
    ({ leads_per_s }) => `${Math.round(leads_per_s)} leads/s`);
  const decisions = await terminal.step('Decisions', () => measureDecisionTimes(bench),
    (times) => times.map(({ rules, p99_ms }) => `${rules} rules: p99 ${p99_ms.toFixed(1)} ms`).join(', '));
  const fairness = await measureFairness(bench, leads);
  const lateness = await terminal.step('Clocks', (say) => measureLateness(bench, leads, say), ({ due, p99_ms }) => `${due} fell due: p99 ${Math.round(p99_ms)} ms late`);
  return { throughput, decisions, fairness, lateness };
}
