import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

type ExportResult = Parameters<Parameters<SpanExporter['export']>[1]>[0];

const SUCCESS: ExportResult = { code: 0 };
const WARN_EVERY_MS = 60_000;

/** Spans that the collector doesn't take are dropped: with one warning a minute, and without disturbing anybody. */
export class DroppingExporter implements SpanExporter {
  private dropped = 0;
  private warnedAt = -Infinity;

  constructor(
    private readonly exporter: SpanExporter, private readonly warn: (sentence: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.exporter.export(spans, (result) => {
      if (result.code !== SUCCESS.code) this.drop(spans.length);
      done(SUCCESS);
    });
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  forceFlush(): Promise<void> {
    return this.exporter.forceFlush?.() ?? Promise.resolve();
  }

  private drop(count: number): void {
    this.dropped += count;
    if (this.now() - this.warnedAt < WARN_EVERY_MS) return;
    this.warn(`The collector of traces does not take spans: ${this.dropped} dropped`);
    this.warnedAt = this.now();
    this.dropped = 0;
  }
}
