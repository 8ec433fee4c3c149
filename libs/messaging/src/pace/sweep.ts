import { isTemporary } from '@headwater/platform';
import { Loop } from './loop';

/** Rows of one transaction. */
const BATCH = 200;
/** What another replica has started and left behind is found by then. */
const POLL_MS = 900;
/** A row that is due and that somebody else is at is looked at again so much later. */
const SOON_MS = 20;
/** What falls due within this time is dealt with together. */
const GATHER_MS = 100;

/**
 * Deals with rows when their moment comes: a loop in each replica, which sleeps until the next moment that it knows of, for a second at
 * most. What is due stands in a table, so a restart misses nothing; who claims it does it in the same transaction, so nothing is done twice.
 */
export abstract class Sweep extends Loop {
  protected override readonly gatherMs = GATHER_MS;
  private limit = BATCH;
  /** a row was put off, and none dealt with since */
  private isDoubtful = false;

  /** Deals with rows that are due and that nobody else is at, in one transaction. @returns how many they were, at most `most` */
  protected abstract due(most: number): Promise<number>;

  /** In how many milliseconds the next row is due, below 0 when it is; null when there is none. */
  protected abstract nextIn(): Promise<number | null>;

  /** Lets the row that has been due for longest wait: it can't be dealt with. */
  protected abstract putOff(): Promise<void>;

  protected async round(): Promise<number> {
    if (await this.dealWithDue()) return 0;
    return Math.max(SOON_MS, Math.min(POLL_MS, await this.nextIn() ?? POLL_MS));
  }

  /**
   * What fails together is tried in halves, down to the row that it is because of. When the next one fails as well it may be because of none of
   * them, and there is a pause before each that is put off. @returns whether there may be more
   */
  private async dealWithDue(): Promise<boolean> {
    const most = this.limit;
    try {
      const done = await this.due(most);
      this.limit = Math.min(BATCH, 2 * most);
      this.isDoubtful &&= done === 0;
      return done >= most;
    } catch (error) {
      if (isTemporary(error) || (most === 1 && this.isDoubtful)) {
        this.isDoubtful = false;
        throw error;
      }
      this.logger.error({ err: error, rows: most }, this.whenFailed);
      if (most > 1) this.limit = Math.ceil(most / 2);
      else await this.putOff();
      this.isDoubtful = most === 1;
      return true;
    }
  }
}
