import { Injectable } from '@nestjs/common';
import { Loop } from '@headwater/messaging';
import { Database, isTemporary } from '@headwater/platform';
import { ExitLeads } from './exit-leads';

/** Leads of one transaction. */
const BATCH = 200;
/** What another replica has started and left behind is found by then. */
const POLL_MS = 900;

/**
 * Looks at leads that are nurtured when their day comes: one loop in each replica, which sleeps until the next moment that it knows of, for a
 * second at most. What is due stands in the table, so a restart misses nothing; who claims it does it in the same transaction, so nothing is
 * done twice.
 */
@Injectable()
export class SweepNurturing extends Loop {
  protected readonly whenFailed = 'Leads whose day has come go on being nurtured';
  protected override readonly gatherMs = 100;
  private limit = BATCH;

  constructor(private readonly database: Database, private readonly exits: ExitLeads) {
    super();
  }

  protected async round(): Promise<number> {
    try {
      const done = await this.database.transaction((tx) => this.exits.due(tx, this.limit));
      const isFull = done === this.limit;
      this.limit = Math.min(BATCH, 2 * this.limit);
      return isFull ? 0 : Math.max(1, Math.min(POLL_MS, await this.exits.nextIn() ?? POLL_MS));
    } catch (error) {
      if (!isTemporary(error)) await this.isolate();
      throw error;
    }
  }

  /** What fails together is tried in halves, down to the lead that it is because of: that one waits for an hour. */
  private async isolate(): Promise<void> {
    if (this.limit > 1) this.limit = Math.ceil(this.limit / 2);
    else await this.exits.putOff();
  }
}
