/** Most names that are remembered; beyond it those are forgotten that were seen least lately. */
const MOST_NAMES = 50_000;
const MINUTE_MS = 60_000;
/** What fractions of milliseconds that were added up may be off by. */
const ROUNDING_MS = 0.001;

/**
 * Lets so many through per minute for each name, and as many at once after a quiet minute. Of this process alone: replicas
 * count each for itself. (A token bucket, kept as the time at which it is full again: the generic cell rate algorithm.)
 */
export class TokenBuckets {
  /** in the order in which they were used, the least lately first */
  private readonly fullAt = new Map<string, number>();

  /**
   * Takes one.
   * @param perMinute what the name may; at least 1
   * @param now milliseconds of a monotonic clock
   * @returns 0 when it may pass, else the milliseconds after which one may
   */
  take(name: string, perMinute: number, now: number): number {
    const interval = MINUTE_MS / perMinute;
    const fullAt = Math.max(this.fullAt.get(name) ?? now, now);
    const wait = Math.ceil(fullAt + interval - now - MINUTE_MS - ROUNDING_MS);
    this.fullAt.delete(name);
    this.fullAt.set(name, wait > 0 ? fullAt : fullAt + interval);
    if (this.fullAt.size > MOST_NAMES) this.fullAt.delete(this.fullAt.keys().next().value as string);
    return Math.max(wait, 0);
  }
}
