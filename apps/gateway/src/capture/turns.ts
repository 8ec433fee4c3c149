/** Lets so many do their work at a time; who comes while all places are taken waits behind the others. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private taken = 0;

  constructor(private readonly places: number) {}

  /** What the work returns, or throws. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.taken >= this.places) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.taken += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.taken -= 1;
    }
  }
}
