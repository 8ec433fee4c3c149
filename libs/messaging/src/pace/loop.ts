import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { isTemporary } from '@headwater/platform';
import { WakeUp } from './wake-up';

const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const PATIENCE_MS = 250;

/**
 * What a service does beside its events: a round of it again and again, from start to shutdown, in each replica. A round that fails is told
 * of and comes again: soon, when what failed it passes by itself (a database that restarts), else after pauses that double up to a minute.
 */
export abstract class Loop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  protected readonly logger = new Logger(this.constructor.name);
  private readonly wakeUp = new WakeUp();
  private readonly ending = new AbortController();
  private readonly shutdown = new WakeUp();
  private running: Promise<void> = Promise.resolve();
  private pauseMs = PAUSE_MS;

  /** What a log says when a round fails: what isn't done for the time being. */
  protected abstract readonly whenFailed: string;

  /** After a rest, what comes within this time is dealt with together (ms). */
  protected readonly gatherMs: number = 0;

  /** Does what is due, as much of it as one transaction bears. @returns milliseconds until it's time for the next, 0 while there's more */
  protected abstract round(): Promise<number>;

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending.abort(new Error('This process ends'));
    this.shutdown.now();
    this.wake();
    await this.running;
  }

  /** There may be something to do. */
  wake(): void {
    this.wakeUp.now();
  }

  /** Aborted when the process ends. */
  protected get ended(): AbortSignal {
    return this.ending.signal;
  }

  private async run(): Promise<void> {
    while (!this.ended.aborted) {
      const restMs = await this.attempt();
      if (restMs <= 0 || this.ended.aborted) continue;
      await this.wakeUp.within(restMs);
      if (this.gatherMs > 0) await this.shutdown.within(Math.min(this.gatherMs, restMs));
    }
  }

  private async attempt(): Promise<number> {
    try {
      const restMs = await this.round();
      this.pauseMs = PAUSE_MS;
      return restMs;
    } catch (error) {
      const passes = isTemporary(error);
      this.logger[passes ? 'warn' : 'error']({ err: error }, this.whenFailed);
      await this.shutdown.within(passes ? PAUSE_MS : this.pauseMs); // no wake-up shortens it
      this.pauseMs = passes ? PAUSE_MS : Math.min(2 * this.pauseMs, LONGEST_PAUSE_MS);
      return 0;
    }
  }
}

/** Between two chunks of work that can wait: lets what somebody waits for go first, for so long at most. */
export async function letGoFirst(isBusy: () => boolean, patienceMs = PATIENCE_MS): Promise<void> {
  await setImmediate();
  const until = performance.now() + patienceMs;
  while (isBusy() && performance.now() < until) await sleep(1);
}
