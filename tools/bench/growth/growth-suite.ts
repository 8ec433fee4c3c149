import { SERVICES } from '@headwater/contracts';
import type { Bench } from '../bench';
import { median } from '../figures/statistics';
import { measureIntake, pauseDownstream, resumeDownstream } from '../intake/measure-intake';
import { Fill } from '../load/fill';
import { warmUp } from '../load/warm-up';
import { measureThroughput } from '../pipeline/measure-pipeline';
import { faultsOf, keptSince, markNow, routedSince, untilDrained } from '../watching/evidence';
import type { GrowthNumbers, MemoryUnderBacklog, SizeNumbers } from './growth-summary';

/** Of the leads in the end. */
const SIZES = [0.01, 0.1, 1];
const BACKLOGS = { small: 0.02, large: 0.2 };
const CLIENTS = 32;
const LOOK_EVERY_MS = 250;

/** Measures the suite `growth`: what more leads, and more that waits, do to speed and memory. */
export async function runGrowthSuite(bench: Bench): Promise<GrowthNumbers> {
  const { options: { leads }, system: { database }, terminal } = bench;
  await warmUp(bench);
  const fill = await Fill.from(database);
  const sizes: SizeNumbers[] = [];
  for (const size of SIZES.map((share) => Math.round(share * leads))) {
    const missing = Math.max(0, size - await fill.present());
    await terminal.step('Filling', (say) => fill.add(missing, SERVICES, (done) => say(`${done} of ${missing} leads`)),
      () => `${size} leads are present`);
    sizes.push(await measureAt(bench, size));
  }
  const small = await measureBacklog(bench, fill, Math.round(BACKLOGS.small * leads));
  const large = await measureBacklog(bench, fill, Math.round(BACKLOGS.large * leads));
  return { growth: sizes, backlogs: [small, large] };
}

async function measureAt(bench: Bench, leads: number): Promise<SizeNumbers> {
  const { options: { rounds }, terminal } = bench;
  const rates: number[] = [];
  const answerTimes: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const throughput = await terminal.step('  pipeline', () => measureThroughput(bench),
      ({ leads_per_s }) => `${Math.round(leads_per_s)} leads/s routed`);
    const intake = await terminal.step('  intake', () => measureIntake(bench, 'running', CLIENTS),
      ({ p50_ms }) => `p50 ${p50_ms.toFixed(1)} ms`);
    rates.push(throughput.leads_per_s);
    answerTimes.push(intake.p50_ms);
    await untilDrained(bench.system);
  }
  return { leads, pipeline_leads_per_s: median(rates), intake_p50_ms: median(answerTimes) };
}

/** Events that nobody consumes for a while, and then everybody. */
async function measureBacklog(bench: Bench, fill: Fill, events: number): Promise<MemoryUnderBacklog> {
  const { system, terminal } = bench;
  await untilDrained(system);
  const mark = await markNow(system);
  await pauseDownstream(system);
  let most = 0;
  const look = setInterval(() => { most = Math.max(most, servicesIn(bench.memory.look())); }, LOOK_EVERY_MS);
  try {
    await terminal.step('Backlog', async (say) => {
      await fill.add(events, ['intake'], (done) => say(`${done} of ${events} leads`));
      await fill.announce(events);
      say('intake publishes them');
      await keptSince(system, mark);
    }, () => `${events} events wait in the stream`);
    const since = performance.now();
    await resumeDownstream(system);
    await terminal.step('  consuming', () => untilDrained(system), () => 'consumed');
    bench.faults.push(...faultsOf(`backlog of ${events}`, events, await keptSince(system, mark), await routedSince(system, mark)));
    return { events, services_mb: most, consumed_in_s: (performance.now() - since) / 1_000 };
  } finally {
    clearInterval(look);
  }
}

const servicesIn = (mb: Record<string, number>): number => SERVICES.reduce((sum, service) => sum + mb[service]!, 0);
