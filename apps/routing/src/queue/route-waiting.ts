import { Injectable } from '@nestjs/common';
import { Loop } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { keyOf } from '../domain/assignment';
import { RouteLeads } from '../route-leads';
import { AssignmentsStore } from '../store/assignments.store';

const POLL_MS = 1_000;
const AT_ONCE = 200;

/** Routes leads that have waited long enough: for what was on its way, or for the hours of a pool's people. Replicas share what is due. */
@Injectable()
export class RouteWaiting extends Loop {
  protected readonly whenFailed = 'Leads wait longer than they should';

  constructor(private readonly database: Database, private readonly assignments: AssignmentsStore, private readonly routeLeads: RouteLeads) {
    super();
  }

  protected async round(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const keys = await this.assignments.lockDue(tx, AT_ONCE);
      if (keys.length === 0) return POLL_MS;
      const leads = await this.assignments.lock(tx, keys);
      // Read again now that they are locked: another replica may just have routed some.
      const due = leads.filter(({ waits }) => waits?.until != null && Date.parse(waits.until) <= Date.parse(keys[0].now));
      await this.routeLeads.fromWaits(tx, due, (lead) => ({ correlationId: `waited ${keyOf(lead)}` }));
      return keys.length < AT_ONCE ? POLL_MS : 0;
    });
  }
}
