import { Injectable } from '@nestjs/common';
import { Database, Metrics, tally, type Counter, type Histogram } from '@headwater/platform';
import type { Clock } from '../domain/sla/clock';
import { ClocksStore } from '../store/clocks.store';

const ENDS = ['met', 'breached', 'cancelled'] as const;

/** How clocks end, and how late what they do by themselves is done. */
@Injectable()
export class SlaMetrics {
  private readonly ends: Counter<'outcome'>;
  private readonly lateness: Histogram<string>;

  constructor(metrics: Metrics, clocks: ClocksStore, database: Database) {
    this.ends = metrics.counter({
      name: 'headwater_sla_clocks_ended_total',
      help: 'Clocks of first responses by how they ended; retracted: a breach that turned out to be none', labelNames: ['outcome'],
    });
    for (const outcome of [...ENDS, 'retracted']) this.ends.inc({ outcome }, 0);
    this.lateness = metrics.histogram({
      name: 'headwater_sla_lateness_seconds', help: 'How long after its moment a clock was warned of or breached',
      labelNames: [], buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    });
    metrics.readAtScrape('sla_clocks', {
      headwater_sla_clocks_running: {
        help: 'Clocks of first responses whose time counts: armed until the hours begin that count, then running', labelNames: ['state'],
      },
      headwater_sla_overdue_seconds: { help: 'For how long the first of the clocks has been due that nobody has dealt with yet; 0 when none is' },
    }, async () => ({
      headwater_sla_clocks_running: (await clocks.countOpen(database)).map(({ state, count }) => ({ labels: { state }, value: count })),
      headwater_sla_overdue_seconds: Math.max(0, -(await clocks.nextIn(database) ?? 0) / 1_000),
    }));
  }

  /** @param changes what was committed */
  ended(changes: readonly { before: Clock | null; after: Clock }[]): void {
    const changed = changes.filter(({ before, after }) => before?.state !== after.state);
    const outcomes = changed.flatMap(({ before, after }) => [
      ...(before?.state === 'breached' ? ['retracted'] : []), ...ENDS.filter((state) => state === after.state)]);
    for (const [outcome, count] of tally(outcomes)) this.ends.inc({ outcome }, count);
  }

  /** @param milliseconds after the moment, of each one that was committed */
  fired(milliseconds: readonly number[]): void {
    for (const late of milliseconds) this.lateness.observe(late / 1_000);
  }
}
