/** Fewer cost more to begin and to commit than to handle. */
const ENOUGH = 50;
const LONGEST_REST_MS = 20;

/**
 * How long a loop lets events gather before it takes the next ones: after a few at most as long as those took, after many not at all. Who comes
 * when nothing was handled a moment ago finds nobody resting; where events come quickly, they share the statements and the commit of a transaction.
 */
export class Gathering {
  private restsUntil = -Infinity;

  /** @param now in milliseconds, of whatever beginning */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Transactions of so many events on average took so long (ms) together. */
  took(count: number, ms: number): void {
    this.restsUntil = this.now() + Math.min(ms * Math.max(0, 1 - count / ENOUGH), LONGEST_REST_MS);
  }

  /** For how long it still rests (ms) while so many wait on average. */
  restMs(waiting: number): number {
    return waiting >= ENOUGH ? 0 : Math.max(0, this.restsUntil - this.now());
  }
}
