import { pipelineFigures, summarize, type Round } from './pipeline-summary';

const sample = { p50_ms: 10, p95_ms: 20, p99_ms: 90, load_cpu_us_per_lead: 50 };

/** A round in which everything ran at a multiple of the same speed. */
function roundAt(speed: number, errors = 0): Round {
  const row = { ...sample, leads_per_s: 1_000 * speed, errors };
  return {
    pgLoop: 2_000 * speed, batched: 9_000, plainHttp: { 1: 100, 8: 400, 32: 500 * speed, 128: 800 },
    intake: (['paused', 'running'] as const).flatMap((mode) => [1, 8, 32, 128].map((concurrency) => ({ mode, concurrency, ...row }))),
    throughput: { leads_per_s: 900 * speed, fsyncs_per_s: 200, cpu_us_per_lead: { intake: 400, postgres: 900, launcher: 7 } },
    latency: { p50_ms: 30, p99_ms: 90 * speed },
  };
}

const pools = { loop: 20, http: 10 };
const memory = { intake: 300, launcher: 90, total: 990 };

test('takes medians, and compares them to the baseline of the mode', () => {
  const { baselines, intake, pipeline, cpu_us_per_lead } = summarize([roundAt(1), roundAt(3), roundAt(2)], pools, memory);
  expect(baselines).toMatchObject({ pg_loop_leads_per_s: 4_000, plain_http_leads_per_s: { 32: 1_000 }, pools });
  expect(intake).toHaveLength(8);
  expect(intake![2]).toEqual({
    mode: 'paused', concurrency: 32, ...sample, leads_per_s: 2_000, errors: 0, baseline_leads_per_s: 4_000, ratio: 0.5,
  });
  expect(intake![6]).toMatchObject({ mode: 'running', concurrency: 32, baseline_leads_per_s: 1_000, ratio: 2 });
  expect(pipeline).toEqual({
    leads_per_s: 1_800, ratio: 0.45, captured_to_routed_p50_ms: 30, captured_to_routed_p99_ms: 180, fsyncs_per_s: 200,
  });
  expect(cpu_us_per_lead).toEqual({ intake: 400, postgres: 900, launcher: 7, total: 1_300 });
});

test('adds errors up', () => {
  expect(summarize([roundAt(1), roundAt(1, 2), roundAt(1, 1)], pools, memory).intake![0]!.errors).toBe(3);
});

test('leaves out what was not measured', () => {
  const { throughput: _, latency: __, ...round } = roundAt(1);
  expect(Object.keys(summarize([{ ...round, intake: [], plainHttp: {} }], pools, memory))).toEqual(['baselines', 'rss_mb']);
});

test('has a figure for each goal', () => {
  const figures = pipelineFigures(summarize([roundAt(1)], pools, memory));
  expect(figures.map(({ name, value, goal, holds }) => [name, value, goal, holds])).toEqual([
    ['intake, consumers paused, 32 clients, to pg loop', 0.5, '>= 1', false],
    ['intake, consumers paused, 128 clients, to pg loop', 0.5, '>= 1', false],
    ['intake, everything running, 32 clients, to plain HTTP', 2, '>= 1', true],
    ['intake, everything running, 128 clients, to plain HTTP', 1.25, '>= 1', true],
    ['intake, consumers paused, 32 clients, p99', 90, '<= 150', true],
    ['intake, everything running, 32 clients, p99', 90, '<= 150', true],
    ['pipeline, to pg loop', 0.45, '>= 0.35', true],
    ['pipeline, leads completely routed', 900, '>= 800', true],
    ['captured to routed at 20 leads/s, p50', 30, '<= 60', true],
    ['captured to routed at 20 leads/s, p99', 90, '<= 250', true],
    ['resident, all processes together', 990, '<= 1000', true],
  ]);
});
