import { Injectable } from '@nestjs/common';
import { Database, Metrics, tally, type Counter } from '@headwater/platform';
import { BY_ACCOUNT } from './domain/choosing/account-owner';
import type { Allocation } from './domain/choosing/allocate';
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
      name: 'headwater_routings_total', help: 'Leads that were to be routed, by the pool that one of its members got it from',
      labelNames: ['outcome', 'pool'],
    });
    metrics.readAtScrape('unassigned_leads', {
      headwater_unassigned_leads: { help: 'Leads that wait for a rep: nobody was available, or a person took the owner away' },
    }, async () => ({ headwater_unassigned_leads: await assignments.countUnassigned(database) }));
  }

  /** @param allocations what was committed */
  allocated(allocations: Allocation[]): void {
    const picked = allocations.flatMap(({ pool, picked: rep }) => (rep === null ? [] : [pool === null ? BY_ACCOUNT : this.nameOf(pool)]));
    for (const [pool, count] of tally(picked)) this.routings.inc({ outcome: 'assigned', pool }, count);
    this.routings.inc({ outcome: 'nobody_available' }, allocations.length - picked.length);
  }

  /** @param leads how many met a tenant without rules, committed */
  unruled(leads: number): void {
    this.routings.inc({ outcome: 'no_rules' }, leads);
  }

  private nameOf(pool: string): string {
    if (this.pools.size < MOST_POOLS) this.pools.add(pool);
    return this.pools.has(pool) ? pool : OTHER;
  }
}
