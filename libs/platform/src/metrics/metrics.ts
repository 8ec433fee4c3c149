import { Logger } from '@nestjs/common';
import {
  collectDefaultMetrics, Counter, Gauge, Histogram, Registry,
  type CounterConfiguration, type GaugeConfiguration, type HistogramConfiguration,
} from 'prom-client';
import type { Service } from '@headwater/contracts';
import { inTime } from '../in-time';

export type { Counter, Gauge, Histogram } from 'prom-client';

/** Seconds that something takes which somebody, or a queue, waits for. */
export const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** What a gauge is read as: a number, or one for each of its label values; none when there is nothing to say. */
export type Reading = number | Sample[];

type Gauges<Name extends string> = Record<Name, { help: string; labelNames?: string[] }>;

/** A scrape that waits for a source which doesn't answer fails as a whole, just when somebody needs the rest of it. */
const READ_WITHIN_MS = 2_000;

/**
 * What one service counts and measures of itself, for Prometheus. The registry is this instance's own, because several
 * services can run in one process. Labels are few and bounded: no ids, no tenants, nothing of a person.
 */
export class Metrics {
  private readonly logger = new Logger(Metrics.name);
  private readonly registry = new Registry();
  private readonly reads: (() => Promise<void>)[] = [];
  private readonly failedReads: Counter<'source'>;

  constructor(service: Service) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    this.failedReads = this.counter({
      name: 'headwater_metrics_failed_reads_total', help: 'Scrapes for which a source could not be read, so that its metrics are missing',
      labelNames: ['source'],
    });
  }

  counter<Label extends string>(configuration: CounterConfiguration<Label>): Counter<Label> {
    return new Counter({ ...configuration, registers: [this.registry] });
  }

  histogram<Label extends string>(configuration: HistogramConfiguration<Label>): Histogram<Label> {
    return new Histogram({ ...configuration, registers: [this.registry] });
  }

  /** Gauges whose values are asked for at each scrape. When the source fails they have none, and the failure is counted. */
  readAtScrape<Name extends string>(source: string, gauges: Gauges<Name>, read: () => Promise<Record<Name, Reading>>): void {
    const names = Object.keys(gauges) as Name[];
    const made = names.map((name) => this.gauge({ name, labelNames: [], ...gauges[name] }));
    this.failedReads.inc({ source }, 0);
    this.reads.push(async () => {
      try {
        const readings = await inTime(read(), READ_WITHIN_MS);
        names.forEach((name, i) => show(made[i], readings[name]));
      } catch (error) {
        for (const gauge of made) show(gauge, []);
        this.failedReads.inc({ source });
        this.logger.warn({ err: error, source }, 'Metrics are missing');
      }
    });
  }

  /** Everything, in the text format that `contentType` names. */
  async scrape(): Promise<{ contentType: string; text: string }> {
    await Promise.all(this.reads.map((read) => read()));
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  private gauge(configuration: GaugeConfiguration<string>): Gauge {
    return new Gauge({ ...configuration, registers: [this.registry] });
  }
}

/** What isn't read any more is gone, instead of standing still. */
function show(gauge: Gauge, reading: Reading): void {
  gauge.reset();
  if (typeof reading === 'number') return gauge.set(reading);
  if (reading.length === 0) gauge.remove({}); // a gauge without labels is 0 after a reset
  for (const { labels, value } of reading) gauge.set(labels, value);
}
