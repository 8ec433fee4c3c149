import { SERVICES } from '@headwater/contracts';
import { POOLS } from '../baseline/baselines';
import type { Bench } from '../bench';
import { Fill } from '../load/fill';
import { warmUp } from '../load/warm-up';
import { untilDrained } from '../watching/evidence';
import type { CaptureAtSize, IntakeSuiteNumbers } from './intake-summary';
import { measureImport } from './measure-import';
import { measureIntake } from './measure-intake';

/** Of the leads in the end. */
const SIZES = [0.01, 0.1, 1];
const CLIENTS = 8;

/** Measures the suite `intake`: captures in growing tables, and a large import beside what anybody would write instead. */
export async function runIntakeSuite(bench: Bench): Promise<IntakeSuiteNumbers> {
  const { baselines, options: { leads, rows, seconds }, system, terminal } = bench;
  await warmUp(bench);
  const quickest = Math.max(...POOLS);
  const pgLoop = await terminal.step('pg loop', () => baselines.measure('loop', quickest, seconds), perSecond);
  const batched = await terminal.step('unnest', () => baselines.measure('batch', quickest, seconds), perSecond);
  const fill = await Fill.from(system.database);
  const [small, middle, large] = SIZES.map((share) => Math.round(share * leads)) as [number, number, number];
  const captures = [await measureAt(bench, fill, small), await measureAt(bench, fill, middle)];
  // Before the table is at its largest, as it adds to it.
  const numbers = await measureImport(bench, rows);
  captures.push(await measureAt(bench, fill, Math.max(large, await fill.present())));
  return { captures, import: numbers, import_baselines: { pg_loop_leads_per_s: pgLoop, batched_leads_per_s: batched } };
}

async function measureAt(bench: Bench, fill: Fill, leads: number): Promise<CaptureAtSize> {
  const { terminal, system } = bench;
  const missing = Math.max(0, leads - await fill.present());
  await terminal.step('Filling', (say) => fill.add(missing, SERVICES, (done) => say(`${done} of ${missing} leads`)), () => `${leads} leads are present`);
  const { p50_ms, p95_ms } = await terminal.step('  captures', () => measureIntake(bench, 'running', CLIENTS),
    (sample) => `p50 ${sample.p50_ms.toFixed(1)} ms, p95 ${sample.p95_ms.toFixed(1)} ms`);
  await untilDrained(system);
  return { leads, p50_ms, p95_ms };
}

const perSecond = (leads: number): string => `${Math.round(leads)} leads/s`;
