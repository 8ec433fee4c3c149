/** What somebody who comes meanwhile may have to wait for it. */
const TAKES_MS = 15;
/** Fewer cost more to begin than to do. */
const FEWEST = 20;
const GROWS_BY = 2;

/**
 * Work that can wait, in portions: of any size while nobody is expected, else of so many as are done in 15 ms, judged by the last one. So it
 * becomes slower by itself where processors are short.
 */
export class Portion {
  private fits = FEWEST;

  /** @param most that is done at once, whoever is expected */
  constructor(private readonly most: number) {}

  /** @param isAwaited whether somebody is expected whom it must not keep */
  next(isAwaited: boolean): number {
    return isAwaited ? Math.min(this.most, this.fits) : this.most;
  }

  /** So many took so long, in milliseconds. */
  took(count: number, ms: number): void {
    if (count === 0) return;
    this.fits = Math.max(FEWEST, Math.min(Math.floor(count * TAKES_MS / ms), GROWS_BY * this.fits, this.most));
  }
}
