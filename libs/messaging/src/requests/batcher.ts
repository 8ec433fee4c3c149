import { DomainError } from '@headwater/contracts';

export interface BatchLimits<Item> {
  /** requests on their way at a time; while so many are, items gather */
  inFlight: number;
  /** so many items must have gathered for a request to go beside others, because what is done together costs less; 1 when absent */
  besides?: number;
  /** unless those take longer than this: nobody waits for what is slow */
  slowMs?: number;
  items: number;
  /** what a request may hold, by a measure of each of its items; an item that is larger by itself goes alone */
  size?: { of: (item: Item) => number; most: number };
  /** items that may wait; more are refused at once */
  waiting: number;
  /** most time that an item waits for its result, in the queue and on its way together */
  patienceMs: number;
  /** send at the end of the event loop's turn, so that what is added at once goes together: for work that goes in step */
  atEndOfTurn?: boolean;
}

interface Waiting<Item, Result> {
  item: Item;
  size: number;
  resolve: (result: Result) => void;
  reject: (reason: unknown) => void;
}

/**
 * Sends items together without ever waiting for more: while there is a free request an item goes at once, else it goes with
 * what has gathered when one returns.
 */
export class Batcher<Item, Result> {
  private readonly queue: Waiting<Item, Result>[] = [];
  private inFlight = 0;
  /** of these, those that may still be quick */
  private quick = 0;
  /** it sends at the end of this turn */
  private isDue = false;

  /** @param send answers one result per item, in their order */
  constructor(private readonly send: (items: Item[]) => Promise<Result[]>, private readonly limits: BatchLimits<Item>) {}

  /**
   * The result of this item.
   * @throws as `send` does, for exactly the items of that request; DomainError `unavailable` when too many wait, or when there
   * is no result in time: an item that was sent by then may still be done, one that was not isn't sent any more
   */
  add(item: Item): Promise<Result> {
    if (this.queue.length >= this.limits.waiting) {
      return Promise.reject(DomainError.unavailable('Too many requests are waiting: try again in a moment'));
    }
    return new Promise<Result>((resolve, reject) => {
      const waiting = { item, size: this.limits.size?.of(item) ?? 0, resolve, reject };
      const timer = setTimeout(() => this.giveUp(waiting), this.limits.patienceMs);
      waiting.resolve = (result) => { clearTimeout(timer); resolve(result); };
      waiting.reject = (reason) => { clearTimeout(timer); reject(reason as Error); };
      this.queue.push(waiting);
      if (!this.limits.atEndOfTurn) this.sendWhatMay();
      else this.sendAtEndOfTurn();
    });
  }

  private sendAtEndOfTurn(): void {
    if (this.isDue) return;
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      this.sendWhatMay();
    });
  }

  private giveUp(waiting: Waiting<Item, Result>): void {
    const place = this.queue.indexOf(waiting);
    if (place >= 0) this.queue.splice(place, 1);
    waiting.reject(DomainError.unavailable('There was no answer in time'));
  }

  private sendWhatMay(): void {
    const { inFlight, besides = 1 } = this.limits;
    while (this.inFlight < inFlight && this.queue.length >= (this.quick === 0 ? 1 : besides)) {
      this.inFlight += 1;
      this.quick += 1;
      void this.deliver(this.take());
    }
  }

  private take(): Waiting<Item, Result>[] {
    const { items, size } = this.limits;
    let count = 1;
    let sum = this.queue[0].size;
    while (count < items && count < this.queue.length && sum + this.queue[count].size <= (size?.most ?? Infinity)) {
      sum += this.queue[count].size;
      count += 1;
    }
    return this.queue.splice(0, count);
  }

  private async deliver(batch: Waiting<Item, Result>[]): Promise<void> {
    let isQuick = true;
    const noLongerQuick = () => {
      if (isQuick) this.quick -= 1;
      isQuick = false;
    };
    const slow = this.limits.slowMs === undefined ? undefined : setTimeout(() => {
      noLongerQuick();
      this.sendWhatMay();
    }, this.limits.slowMs);
    try {
      const results = await this.send(batch.map(({ item }) => item));
      if (results.length !== batch.length) throw new Error(`${results.length} results for ${batch.length} items`);
      batch.forEach(({ resolve }, i) => resolve(results[i]));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      clearTimeout(slow);
      noLongerQuick();
      this.inFlight -= 1;
      this.sendWhatMay();
    }
  }
}
