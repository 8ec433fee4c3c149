import { Injectable } from '@nestjs/common';
import { TEMPERATURES, type LeadScoreView, type Temperature } from '@headwater/contracts';
import { Metrics, type Histogram } from '@headwater/platform';

const TENS = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];

/** How scores come out: a model, or what it is fed with, that goes wrong shows here first. */
@Injectable()
export class ScoreMetrics {
  private readonly byTemperature: Map<Temperature, Histogram.Internal<'temperature'>>;

  constructor(metrics: Metrics) {
    const scores = metrics.histogram({
      name: 'headwater_lead_score', help: 'Total scores from 0 to 100, each time that one is computed',
      labelNames: ['temperature'], buckets: TENS,
    });
    this.byTemperature = new Map(TEMPERATURES.map((temperature) => [temperature, scores.labels(temperature)]));
  }

  /** @param views the effective scores that were committed */
  computed(views: LeadScoreView[]): void {
    for (const { temperature, total_score } of views) this.byTemperature.get(temperature)?.observe(total_score);
  }
}
