import { Injectable } from '@nestjs/common';
import { Loop } from '@headwater/messaging';
import { Database, isTemporary } from '@headwater/platform';
import { FireClocks } from './fire-clocks';
import { ReassignBreached } from './reassign-breached';

/** Clocks of one transaction. */
const BATCH = 200;
/** What another replica has started and left behind is found by then. */
const POLL_MS = 900;
/** What falls due within this time is dealt with together. */
const GATHER_MS = 100;

/**
 * Deals with clocks when their moment comes: one loop in each replica, which sleeps until the next moment that it knows of, for a second at
 * most. What is due stands in the table, so a restart misses nothing; who claims it does it in the same transaction, so nothing is
 * done twice.
 */
@Injectable()
export class SweepClocks extends Loop {
  protected readonly whenFailed = 'Clocks of first responses pause';
  protected override readonly gatherMs = GATHER_MS;
  private limit = BATCH;

  constructor(private readonly database: Database, private readonly fire: FireClocks, private readonly reassign: ReassignBreached) {
    super();
  }

  protected async round(): Promise<number> {
    const fired = await this.fireDue();
    const reassigned = await this.reassign.next();
    if (fired || reassigned > 0) return 0;
    return Math.max(1, Math.min(POLL_MS, await this.fire.nextIn() ?? POLL_MS));
  }

  /** @returns whether there may be more */
  private async fireDue(): Promise<boolean> {
    try {
      const fired = await this.database.transaction((tx) => this.fire.due(tx, this.limit));
      const isFull = fired === this.limit;
      this.limit = Math.min(BATCH, 2 * this.limit);
      return isFull;
    } catch (error) {
      if (isTemporary(error)) throw error;
      this.logger.error({ err: error, clocks: this.limit }, 'Clocks of first responses can not be dealt with together');
      await this.isolate();
      return true;
    }
  }

  /** What fails together is tried in halves, down to the clock that it is because of: that one waits for an hour. */
  private async isolate(): Promise<void> {
    if (this.limit > 1) this.limit = Math.ceil(this.limit / 2);
    else await this.fire.putOff();
  }
}
