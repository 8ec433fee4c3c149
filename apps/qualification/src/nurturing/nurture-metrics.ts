import { Injectable } from '@nestjs/common';
import { NURTURE_EXITS } from '@headwater/contracts';
import { Database, Metrics, tally, type Counter, type Histogram } from '@headwater/platform';
import type { Enrolment } from '../domain/nurturing/enrolment';
import { EnrolmentsStore } from '../store/enrolments.store';

/** How leads come to be nurtured no longer, and how late that is done where a day decides. */
@Injectable()
export class NurtureMetrics {
  private readonly exits: Counter<'outcome'>;
  private readonly lateness: Histogram<string>;

  constructor(metrics: Metrics, enrolments: EnrolmentsStore, database: Database) {
    this.exits = metrics.counter({
      name: 'headwater_nurture_exits_total', help: 'Leads that are nurtured no longer, by what brought them back', labelNames: ['outcome'],
    });
    for (const outcome of NURTURE_EXITS) this.exits.inc({ outcome }, 0);
    this.lateness = metrics.histogram({
      name: 'headwater_nurture_lateness_seconds', help: 'How long after its moment a lead that is nurtured was looked at',
      labelNames: [], buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    });
    metrics.readAtScrape('nurturing', {
      headwater_nurture_waiting: { help: 'Leads that are nurtured and wait for a day' },
      headwater_nurture_overdue_seconds: { help: 'For how long the first lead has been due that nobody has looked at yet; 0 when none is' },
    }, async () => ({
      headwater_nurture_waiting: await enrolments.countWaiting(database),
      headwater_nurture_overdue_seconds: Math.max(0, -(await enrolments.nextIn(database) ?? 0) / 1_000),
    }));
  }

  /** @param changes what was committed */
  changed(changes: readonly { after: Enrolment }[]): void {
    for (const [outcome, count] of tally(changes.flatMap(({ after: { exit } }) => exit ?? []))) this.exits.inc({ outcome }, count);
  }

  /** @param milliseconds after the moment, of each one that was committed */
  fired(milliseconds: readonly number[]): void {
    for (const late of milliseconds) this.lateness.observe(late / 1_000);
  }
}
