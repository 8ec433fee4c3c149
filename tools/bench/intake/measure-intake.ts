import type { Service } from '@headwater/contracts';
import { pauseConsumers, resumeConsumers } from '../../instance/consumers';
import type { System } from '../../instance/system';
import type { Bench } from '../bench';
import { percentile } from '../figures/statistics';
import { acceptedIn, createdIn, leadsPerSecond, type Answers } from '../load/run-load';
import { faultsOf, keptSince, markNow, routedSince, untilDrained } from '../watching/evidence';

/** `paused`: what comes behind intake doesn't consume; `running`: everything does. */
export const MODES = ['paused', 'running'] as const;
export type Mode = (typeof MODES)[number];
export const CLIENTS = [1, 8, 32, 128] as const;
export const WARM_UP_S = 1;
/** What consumes what intake publishes. */
const DOWNSTREAM: Service[] = ['scoring', 'routing', 'qualification'];

export interface IntakeSample {
  leads_per_s: number;
  p50_ms: number;
  p95_ms: number;
  p99_ms: number;
  /** requests that were not answered 201 */
  errors: number;
  /** processor time of the load process */
  load_cpu_us_per_lead: number;
}

export async function pauseDownstream(system: System): Promise<void> {
  for (const service of DOWNSTREAM) await pauseConsumers(system, service);
}

export async function resumeDownstream(system: System): Promise<void> {
  for (const service of DOWNSTREAM) await resumeConsumers(system, service);
}

/** Load from so many clients on the gateway. Says what speaks against it to `bench.faults`. */
export async function measureIntake(bench: Bench, mode: Mode, clients: number): Promise<IntakeSample> {
  const { system, load, gateway, options } = bench;
  await load.run(gateway, clients, WARM_UP_S);
  const mark = await markNow(system);
  const answers = await load.run(gateway, clients, options.seconds);
  bench.memory.look();
  bench.faults.push(...faultsOf(`intake, ${mode}, ${clients} clients`, acceptedIn(answers), await keptSince(system, mark)));
  return sampleOf(answers);
}

/**
 * Does something while nothing consumes what intake publishes. Afterwards everything is consumed, and every lead that came must
 * have its owner.
 */
export async function withConsumersPaused<Result>(bench: Bench, work: () => Promise<Result>): Promise<Result> {
  const { system, terminal } = bench;
  await untilDrained(system);
  const mark = await markNow(system);
  await pauseDownstream(system);
  const result = await work();
  await resumeDownstream(system);
  await terminal.step('  backlog', () => untilDrained(system), () => 'drained');
  const kept = await keptSince(system, mark);
  bench.faults.push(...faultsOf('backlog of intake', kept.leads, kept, await routedSince(system, mark)));
  return result;
}

export function sampleOf(answers: Answers): IntakeSample {
  const { sent, latencies, cpu_s } = answers;
  const created = createdIn(answers);
  return {
    leads_per_s: leadsPerSecond(answers),
    p50_ms: percentile(latencies, 50), p95_ms: percentile(latencies, 95), p99_ms: percentile(latencies, 99),
    errors: sent - created, load_cpu_us_per_lead: (cpu_s * 1e6) / created,
  };
}
