import { Injectable } from '@nestjs/common';
import { Metrics, tally, type Counter } from '@headwater/platform';

/** What becomes of a likely pair: it is tried again later, or is not to be merged without a person any more (`passed`). */
const FATES = ['merged', 'left_to_people', 'tried_again', 'passed'] as const;
export type LikelyFate = (typeof FATES)[number];

/** What is merged without a person, and what isn't after all. */
@Injectable()
export class LikelyMetrics {
  private readonly pairs: Counter<'fate'>;

  constructor(metrics: Metrics) {
    this.pairs = metrics.counter({
      name: 'headwater_likely_pairs_total', help: 'Pairs of leads that were to be merged without a person, by what became of them', labelNames: ['fate'],
    });
    for (const fate of FATES) this.pairs.inc({ fate }, 0);
  }

  became(fates: LikelyFate[]): void {
    for (const [fate, count] of tally(fates)) this.pairs.inc({ fate }, count);
  }
}
