import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { WakeUp } from '@headwater/messaging';
import { Database, isTemporary } from '@headwater/platform';
import { keyOf } from '../domain/assignment';
import { RouteLeads } from '../route-leads';
import { AssignmentsStore } from '../store/assignments.store';

const POLL_MS = 1_000;
const AT_ONCE = 200;

/** Routes leads that have waited long enough: for what was on its way, or for the hours of a pool's people. Replicas share what is due. */
@Injectable()
export class RouteWaiting implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RouteWaiting.name);
  private readonly wakeUp = new WakeUp();
  private ended = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database, private readonly assignments: AssignmentsStore, private readonly routeLeads: RouteLeads) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ended = true;
    this.wakeUp.now();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.ended) {
      const done = await this.once();
      if (done < AT_ONCE) await this.wakeUp.within(POLL_MS);
    }
  }

  /** @returns how many were due */
  private async once(): Promise<number> {
    try {
      return await this.database.transaction(async (tx) => {
        const keys = await this.assignments.lockDue(tx, AT_ONCE);
        if (keys.length === 0) return 0;
        const leads = await this.assignments.lock(tx, keys);
        // Read again now that they are locked: another replica may just have routed some.
        const due = leads.filter(({ waits }) => waits?.until != null && Date.parse(waits.until) <= Date.parse(keys[0].now));
        await this.routeLeads.fromWaits(tx, due, (lead) => ({ correlationId: `waited ${keyOf(lead)}` }));
        return keys.length;
      });
    } catch (error) {
      this.logger[isTemporary(error) ? 'warn' : 'error']({ err: error }, 'Leads wait longer than they should');
      return 0;
    }
  }
}
