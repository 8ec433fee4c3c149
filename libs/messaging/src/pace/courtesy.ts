/** For so long after something live, more of it is expected. */
const EXPECTED_MS = 3_000;
const LONGEST_REST_MS = 100;

/** What a process knows of those who can't wait, for the work that can: whether they are expected, and for how long it rests for them. */
export class Courtesy {
  private liveAt = -Infinity;
  private restsUntil = -Infinity;

  /** @param now in milliseconds, of whatever beginning */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Something live was just done. */
  sawLive(): void {
    this.liveAt = this.now();
  }

  get expectsLive(): boolean {
    return this.now() - this.liveAt < EXPECTED_MS;
  }

  /** What can wait took so long (ms): while somebody is expected it rests as long. */
  took(ms: number): void {
    if (this.expectsLive) this.restsUntil = this.now() + Math.min(ms, LONGEST_REST_MS);
  }

  /** For how long what can wait still rests (ms). */
  get restMs(): number {
    return Math.max(0, this.restsUntil - this.now());
  }
}
