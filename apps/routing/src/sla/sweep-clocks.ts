import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { WakeUp } from '@headwater/messaging';
import { Database, isTemporary } from '@headwater/platform';
import { FireClocks } from './fire-clocks';
import { ReassignBreached } from './reassign-breached';

/** Clocks of one transaction. */
const BATCH = 200;
/** What another replica has started and left behind is found by then. */
const POLL_MS = 900;
/** What falls due within this time is dealt with together. */
const GATHER_MS = 100;
const PAUSE_MS = 1_000;

/**
 * Deals with clocks when their moment comes: one loop in each replica, which sleeps until the next moment that it knows of, for a second at
 * most. What is due stands in the table, so a restart misses nothing; who claims it does it in the same transaction, so nothing is
 * done twice.
 */
@Injectable()
export class SweepClocks implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SweepClocks.name);
  private readonly wakeUp = new WakeUp();
  private stopping = false;
  private limit = BATCH;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database, private readonly fire: FireClocks, private readonly reassign: ReassignBreached) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wakeUp.now();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const waitFor = await this.round();
      if (waitFor <= 0 || this.stopping) continue;
      await this.wakeUp.within(waitFor);
      if (!this.stopping) await delay(Math.min(GATHER_MS, waitFor));
    }
  }

  /** @returns how many milliseconds there is nothing to do */
  private async round(): Promise<number> {
    try {
      const fired = await this.database.transaction((tx) => this.fire.due(tx, this.limit));
      const isFull = fired === this.limit;
      this.limit = Math.min(BATCH, 2 * this.limit);
      const reassigned = await this.reassign.next();
      if (isFull || reassigned > 0) return 0;
      return Math.max(1, Math.min(POLL_MS, await this.fire.nextIn() ?? POLL_MS));
    } catch (error) {
      this.logger[isTemporary(error) ? 'warn' : 'error']({ err: error }, 'Clocks of first responses pause');
      if (!isTemporary(error)) await this.isolate();
      return PAUSE_MS;
    }
  }

  /** What fails together is tried in halves, down to the clock that it is because of: that one waits for an hour. */
  private async isolate(): Promise<void> {
    if (this.limit > 1) this.limit = Math.ceil(this.limit / 2);
    else await this.fire.putOff().catch((error: unknown) => this.logger.warn({ err: error }, 'A clock stays due'));
  }
}
