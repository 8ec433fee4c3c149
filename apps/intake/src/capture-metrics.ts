import { Injectable } from '@nestjs/common';
import type { CaptureResult, Verdict } from '@headwater/contracts';
import { Metrics, tally, type Counter, type Histogram } from '@headwater/platform';

const SIZES = [1, 2, 4, 8, 16, 32, 64];

/** What became of submissions: a verdict of intake, or that it was known already, refused, or could not be stored. */
type Fate = Verdict | 'repeated' | 'refused' | 'failed';

/** Counts submissions, once per batch. */
@Injectable()
export class CaptureMetrics {
  private readonly captures: Counter<'verdict'>;
  private readonly batchSize: Histogram;

  constructor(metrics: Metrics) {
    this.captures = metrics.counter({
      name: 'headwater_captures_total',
      help: 'Submissions by what became of them, from the gateway and from the spool', labelNames: ['verdict'],
    });
    this.captures.inc({ verdict: 'failed' satisfies Fate }, 0); // so that the first one is seen as an increase
    this.batchSize = metrics.histogram({
      name: 'headwater_capture_batch_size', help: 'Submissions that were taken in by one transaction', buckets: SIZES,
    });
  }

  /** @param repetitions what those were answered that had been answered before */
  committed(verdicts: Verdict[], repetitions: CaptureResult[]): void {
    const fates: Fate[] = [...verdicts, ...repetitions.map(({ ok }) => (ok ? 'repeated' : 'refused'))];
    this.batchSize.observe(fates.length);
    for (const [verdict, count] of tally(fates)) this.captures.inc({ verdict }, count);
  }

  failed(): void {
    this.captures.inc({ verdict: 'failed' satisfies Fate });
  }
}
