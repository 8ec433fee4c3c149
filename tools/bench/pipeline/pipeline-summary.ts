import { atLeast, atMost, type Figure } from '../figures/figures';
import { median, medians } from '../figures/statistics';
import { CLIENTS, MODES, type IntakeSample, type Mode } from '../intake/measure-intake';
import type { PerProcess } from '../watching/processes';
import type { Latency, Throughput } from './measure-pipeline';

/** Pool sizes with which the baselines are quickest. */
export interface BestPools {
  loop: number;
  http: number;
}

export interface IntakeRow extends IntakeSample {
  mode: Mode;
  concurrency: number;
}

/** All that one round has measured; leads per second where nothing else is said. */
export interface Round {
  pgLoop: number;
  batched: number;
  /** by the number of clients; empty when intake isn't measured */
  plainHttp: Record<number, number>;
  intake: IntakeRow[];
  throughput?: Throughput;
  latency?: Latency;
}

export interface IntakeNumbers extends IntakeSample {
  mode: Mode;
  concurrency: number;
  /** of `pg loop` when consumers are paused, else of `plain HTTP` with as many clients */
  baseline_leads_per_s: number;
  ratio: number;
}

/** The suite `pipeline`: medians of its rounds. */
export interface PipelineNumbers {
  baselines: {
    pg_loop_leads_per_s: number;
    batched_leads_per_s: number;
    /** by the number of clients */
    plain_http_leads_per_s: Record<number, number>;
    pools: BestPools;
  };
  intake?: IntakeNumbers[];
  pipeline?: {
    leads_per_s: number;
    ratio: number;
    captured_to_routed_p50_ms: number;
    captured_to_routed_p99_ms: number;
    fsyncs_per_s: number;
  };
  /** the most that was seen at one time */
  rss_mb: PerProcess;
  cpu_us_per_lead?: PerProcess;
}

export function summarize(rounds: readonly Round[], pools: BestPools, memory: PerProcess): PipelineNumbers {
  const pgLoop = median(rounds.map((round) => round.pgLoop));
  const plainHttp = medians(rounds.map((round) => round.plainHttp));
  const throughputs = rounds.flatMap(({ throughput }) => throughput ?? []);
  const latencies = rounds.flatMap(({ latency }) => latency ?? []);
  const rate = median(throughputs.map(({ leads_per_s }) => leads_per_s));
  const cpu = medians(throughputs.map(({ cpu_us_per_lead }) => cpu_us_per_lead));
  const baselineOf = (mode: Mode, clients: number): number => (mode === 'paused' ? pgLoop : plainHttp[clients]!);
  return {
    baselines: {
      pg_loop_leads_per_s: pgLoop, batched_leads_per_s: median(rounds.map(({ batched }) => batched)),
      plain_http_leads_per_s: plainHttp, pools,
    },
    ...(rounds.every(({ intake }) => intake.length === 0) ? {} : {
      intake: MODES.flatMap((mode) => CLIENTS.map((clients) => intakeOf(rounds, mode, clients, baselineOf(mode, clients)))),
    }),
    ...(throughputs.length === 0 ? {} : {
      pipeline: {
        leads_per_s: rate, ratio: rate / pgLoop,
        captured_to_routed_p50_ms: median(latencies.map(({ p50_ms }) => p50_ms)),
        captured_to_routed_p99_ms: median(latencies.map(({ p99_ms }) => p99_ms)),
        fsyncs_per_s: median(throughputs.map(({ fsyncs_per_s }) => fsyncs_per_s)),
      },
      cpu_us_per_lead: { ...cpu, total: totalOf(cpu) },
    }),
    rss_mb: memory,
  };
}

/** Errors are added up: one of them in five rounds must not vanish in a median. */
function intakeOf(rounds: readonly Round[], mode: Mode, concurrency: number, baseline: number): IntakeNumbers {
  const rows = rounds.flatMap(({ intake }) => intake.filter((row) => row.mode === mode && row.concurrency === concurrency));
  const samples = rows.map(({ mode: _, concurrency: __, ...sample }: IntakeRow): Record<keyof IntakeSample, number> => sample);
  const middle = medians(samples);
  return {
    mode, concurrency, ...middle, errors: rows.reduce((sum, { errors }) => sum + errors, 0),
    baseline_leads_per_s: baseline, ratio: middle.leads_per_s / baseline,
  };
}

/** What issue 4 asks for. */
export function pipelineFigures({ baselines, intake = [], pipeline, rss_mb }: PipelineNumbers): Figure[] {
  const goals = { clients: [32, 128], quickWith: 32 };
  const named = { paused: 'consumers paused', running: 'everything running' };
  return [
    ...intake.filter(({ concurrency }) => goals.clients.includes(concurrency)).map(({ mode, concurrency, ratio, baseline_leads_per_s }) =>
      atLeast(`intake, ${named[mode]}, ${concurrency} clients, to ${mode === 'paused' ? 'pg loop' : 'plain HTTP'}`, 1,
        { value: ratio, unit: '×', baseline: baseline_leads_per_s })),
    ...intake.filter(({ concurrency }) => concurrency === goals.quickWith).map(({ mode, concurrency, p99_ms }) =>
      atMost(`intake, ${named[mode]}, ${concurrency} clients, p99`, 150, { value: p99_ms, unit: 'ms' })),
    ...(pipeline ? [
      atLeast('pipeline, to pg loop', 0.35, { value: pipeline.ratio, unit: '×', baseline: baselines.pg_loop_leads_per_s }),
      atLeast('pipeline, leads completely routed', 800,
        { value: pipeline.leads_per_s, unit: 'leads/s', baseline: baselines.pg_loop_leads_per_s }),
      atMost('captured to routed at 20 leads/s, p50', 60, { value: pipeline.captured_to_routed_p50_ms, unit: 'ms' }),
      atMost('captured to routed at 20 leads/s, p99', 250, { value: pipeline.captured_to_routed_p99_ms, unit: 'ms' }),
    ] : []),
    atMost('resident, all processes together', 1_000, { value: rss_mb.total!, unit: 'MB' }),
  ];
}

const totalOf = ({ launcher: _, ...parts }: PerProcess): number => Object.values(parts).reduce((sum, value) => sum + value, 0);
