/**
 * Remembers that somebody did not answer, so that not every caller waits to find that out anew: for a moment nobody is to
 * try, then one may, and again one after each further moment, until an answer comes.
 */
export class Circuit {
  private nextTryAt: number | null = null;

  /** @param restMs how long the moment is */
  constructor(private readonly restMs: number, private readonly now: () => number = () => performance.now()) {}

  /** Whether to try now; who is told so should. */
  mayTry(): boolean {
    if (this.nextTryAt === null) return true;
    if (this.now() < this.nextTryAt) return false;
    this.rest();
    return true;
  }

  /** Notes how the work ends, which it hands on. */
  async watch<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      this.nextTryAt = null;
      return result;
    } catch (error) {
      this.rest();
      throw error;
    }
  }

  private rest(): void {
    this.nextTryAt = this.now() + this.restMs;
  }
}
