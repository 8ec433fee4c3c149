import { Logger } from '@nestjs/common';
import { Metrics } from './metrics';
import { tally } from './tally';

Logger.overrideLogger(false);

const samples = async (metrics: Metrics, name: string): Promise<string[]> =>
  (await metrics.scrape()).text.split('\n').filter((line) => line.startsWith(name));

describe('metrics', () => {
  it('belong to one service, also where several run in one process', async () => {
    const [intake, scoring] = [new Metrics('intake'), new Metrics('scoring')];
    for (const metrics of [intake, scoring]) metrics.counter({ name: 'headwater_things_total', help: 'Things' }).inc();
    expect(await samples(intake, 'headwater_things_total')).toEqual(['headwater_things_total{service="intake"} 1']);
    expect(await samples(scoring, 'headwater_things_total')).toEqual(['headwater_things_total{service="scoring"} 1']);
  });

  it('tell of the process, too', async () => {
    const metrics = new Metrics('intake');
    for (const name of ['process_resident_memory_bytes', 'process_cpu_seconds_total', 'nodejs_eventloop_lag_p99_seconds']) {
      expect(await samples(metrics, name)).toHaveLength(1);
    }
  });
});

describe('what is read at a scrape', () => {
  const GAUGES = { headwater_depth: { help: 'Depth' }, headwater_waiting: { help: 'Waiting', labelNames: ['place'] } };
  type Readings = Parameters<typeof Metrics.prototype.readAtScrape<keyof typeof GAUGES>>[2];

  function reading(read: Readings): Metrics {
    const metrics = new Metrics('intake');
    metrics.readAtScrape('somewhere', GAUGES, read);
    return metrics;
  }

  it('is as it is then', async () => {
    let depth = 0;
    const metrics = reading(() => Promise.resolve({
      headwater_depth: (depth += 1), headwater_waiting: [{ labels: { place: `place-${depth}` }, value: 7 }],
    }));
    await metrics.scrape();
    expect(await samples(metrics, 'headwater_depth')).toEqual(['headwater_depth{service="intake"} 2']);
    expect(await samples(metrics, 'headwater_waiting')).toEqual(['headwater_waiting{place="place-3",service="intake"} 7']);
  });

  it('may be nothing', async () => {
    const metrics = reading(() => Promise.resolve({ headwater_depth: [], headwater_waiting: [] }));
    expect(await samples(metrics, 'headwater_depth')).toEqual([]);
    expect(await samples(metrics, 'headwater_metrics_failed_reads_total')).toEqual(
      ['headwater_metrics_failed_reads_total{source="somewhere",service="intake"} 0']);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('PostgreSQL is away'))],
    ['does not answer', () => new Promise<never>(() => undefined)],
  ])('is missing, and counted as such, while its source %s', async (_, fail) => {
    let broken = false;
    const metrics = reading(() => (broken ? fail() : Promise.resolve({ headwater_depth: 1, headwater_waiting: [{ labels: { place: 'a' }, value: 1 }] })));
    expect(await samples(metrics, 'headwater_depth')).toHaveLength(1);
    broken = true;
    const { text } = await metrics.scrape();
    expect(text).not.toMatch(/^headwater_(depth|waiting)\{/m);
    expect(text).toContain('headwater_metrics_failed_reads_total{source="somewhere",service="intake"} 1');
    expect(text).toContain('process_cpu_seconds_total');
  });
});

it('values are counted', () => {
  expect([...tally(['a', 'b', 'a'])]).toEqual([['a', 2], ['b', 1]]);
});
