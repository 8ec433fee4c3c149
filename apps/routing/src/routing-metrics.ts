import { Injectable } from '@nestjs/common';
import { Database, Metrics, tally, type Counter, type Sample } from '@headwater/platform';
import type { Allocation } from './domain/allocate';
import { AssignmentsStore } from './store/assignments.store';

/** Tenants name their pools as they like, and there may be any number of tenants: what is beyond the first ones is together. */
const MOST_POOLS = 50;
const OTHER = 'other';

/** Where leads go, and which ones wait. */
@Injectable()
export class RoutingMetrics {
  private readonly routings: Counter<'outcome' | 'pool'>;
  private readonly pools = new Set<string>();

  constructor(metrics: Metrics, assignments: AssignmentsStore, database: Database) {
    this.routings = metrics.counter({
      name: 'headwater_routings_total', help: 'Leads for which the rules were run, by the pool that one of its members got it from',
      labelNames: ['outcome', 'pool'],
    });
    metrics.readAtScrape('unassigned_leads', {
      headwater_unassigned_leads: {
        help: 'Leads without an owner, by what they wait for: a score, rules of their tenant, or a rep', labelNames: ['waits_for'],
      },
    }, async () => {
      const counts = await assignments.countUnassigned(database);
      return { headwater_unassigned_leads: Object.entries(counts).map(([waits_for, value]): Sample => ({ labels: { waits_for }, value })) };
    });
  }

  /** @param allocations what was committed */
  allocated(allocations: Allocation[]): void {
    const picked = allocations.flatMap(({ pool }) => (pool === null ? [] : [this.nameOf(pool)]));
    for (const [pool, count] of tally(picked)) this.routings.inc({ outcome: 'assigned', pool }, count);
    this.routings.inc({ outcome: 'nobody_available' }, allocations.length - picked.length);
  }

  private nameOf(pool: string): string {
    if (this.pools.size < MOST_POOLS) this.pools.add(pool);
    return this.pools.has(pool) ? pool : OTHER;
  }
}
