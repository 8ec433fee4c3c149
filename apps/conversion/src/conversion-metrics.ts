import { Injectable } from '@nestjs/common';
import { DomainError } from '@headwater/contracts';
import { Metrics, type Counter } from '@headwater/platform';

/** How attempts to convert a lead end. */
@Injectable()
export class ConversionMetrics {
  private readonly conversions: Counter<'outcome'>;

  constructor(metrics: Metrics) {
    this.conversions = metrics.counter({
      name: 'headwater_conversions_total',
      help: 'Attempts to convert a lead: done, failed, or the code of the refusal', labelNames: ['outcome'],
    });
    this.conversions.inc({ outcome: 'done' }, 0);
  }

  done(): void {
    this.conversions.inc({ outcome: 'done' });
  }

  /** What is no refusal is a fault of ours. */
  refused(error: unknown): void {
    this.conversions.inc({ outcome: error instanceof DomainError ? error.body.code : 'failed' });
  }
}
