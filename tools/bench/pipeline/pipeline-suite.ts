import type { Say } from '../../launcher/terminal';
import { POOLS } from '../baseline/baselines';
import type { Bench } from '../bench';
import { CLIENTS, measureIntake, withConsumersPaused, type Mode } from '../intake/measure-intake';
import { warmUp } from '../load/warm-up';
import { untilDrained } from '../watching/evidence';
import { measureLatency, measureThroughput } from './measure-pipeline';
import { summarize, type BestPools, type IntakeRow, type PipelineNumbers, type Round } from './pipeline-summary';

const TRIAL_CLIENTS = 32;
const perSecond = (leads: number): string => `${Math.round(leads)} leads/s`;

/** Measures the suite `pipeline`: rounds of everything, baselines in between, and the medians. */
export async function runPipelineSuite(bench: Bench): Promise<PipelineNumbers> {
  const { options: { rounds }, terminal } = bench;
  await warmUp(bench);
  const pools = await terminal.step('Baselines', (say) => findBestPools(bench, say),
    ({ loop, http }) => `quickest with pools of ${loop} (pg loop) and ${http} (plain HTTP)`);
  const measured: Round[] = [];
  for (let number = 1; number <= rounds; number += 1) {
    terminal.line(`  Round ${number} of ${rounds}`);
    measured.push(await measureRound(bench, pools));
  }
  return summarize(measured, pools, bench.memory.seen);
}

async function findBestPools({ baselines, options: { seconds } }: Bench, say: Say): Promise<BestPools> {
  const best = async (measure: (pool: number) => Promise<number>): Promise<number> => {
    const results: { pool: number; leads: number }[] = [];
    for (const pool of POOLS) {
      results.push({ pool, leads: await measure(pool) });
      say(results.map((one) => `${one.pool}: ${perSecond(one.leads)}`).join(', '));
    }
    return results.reduce((a, b) => (b.leads > a.leads ? b : a)).pool;
  };
  return {
    loop: await best((pool) => baselines.measure('loop', pool, seconds)),
    http: await best((pool) => baselines.measureHttp(pool, TRIAL_CLIENTS, seconds)),
  };
}

async function measureRound(bench: Bench, pools: BestPools): Promise<Round> {
  const { baselines, terminal, options: { seconds, parts } } = bench;
  const told = (title: string, work: () => Promise<number>): Promise<number> => terminal.step(title, work, perSecond);
  const pgLoop = await told('  pg loop', () => baselines.measure('loop', pools.loop, seconds));
  const batched = await told('  batched', () => baselines.measure('batch', pools.loop, seconds));
  const round: Round = { pgLoop, batched, plainHttp: {}, intake: [] };
  if (parts.includes('intake')) {
    round.intake.push(...await withConsumersPaused(bench, () => measureAll(bench, 'paused', CLIENTS)));
    for (const clients of CLIENTS) {
      round.plainHttp[clients] = await told(`  HTTP ×${clients}`, () => baselines.measureHttp(pools.http, clients, seconds));
      round.intake.push(...await measureAll(bench, 'running', [clients]));
      await untilDrained(bench.system);
    }
  }
  if (parts.includes('pipeline')) {
    round.throughput = await terminal.step('  pipeline', () => measureThroughput(bench),
      ({ leads_per_s }) => `${perSecond(leads_per_s)} routed`);
    round.latency = await terminal.step('  latency', () => measureLatency(bench),
      ({ p50_ms, p99_ms }) => `captured to routed: p50 ${p50_ms.toFixed(1)} ms, p99 ${p99_ms.toFixed(1)} ms`);
  }
  return round;
}

async function measureAll(bench: Bench, mode: Mode, clients: readonly number[]): Promise<IntakeRow[]> {
  const rows: IntakeRow[] = [];
  for (const concurrency of clients) {
    const sample = await bench.terminal.step(`  ${mode} ×${concurrency}`, () => measureIntake(bench, mode, concurrency),
      ({ leads_per_s, p50_ms, p99_ms }) => `${perSecond(leads_per_s)}, p50 ${p50_ms.toFixed(1)} ms, p99 ${p99_ms.toFixed(1)} ms`);
    rows.push({ mode, concurrency, ...sample });
  }
  return rows;
}
