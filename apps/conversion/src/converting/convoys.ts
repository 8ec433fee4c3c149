import { DomainError } from '@headwater/contracts';

/** Of one convoy. */
const LARGEST = 32;
/** A second one sets out while another asks or is written, but only where it is worth it. */
const UNDERWAY = 2;
const WORTH_IT = 16;
/** One that takes longer than this waits for somebody: others needn't. */
export const SLOW_MS = 500;
const MOST_UNDERWAY = 16;
const MOST_WAITING = 2_000;

/**
 * Lets conversions that come at the same time set out together, so that each of their steps is one request, or one transaction, for
 * all of them: what a step costs hardly depends on how many it is for. Who finds nobody underway sets out at once.
 */
export class Convoys {
  private readonly waiting: ((convoy: Convoy) => void)[] = [];
  private readonly underway = new Set<Convoy>();
  private atEndOfTurn?: NodeJS.Immediate;

  /**
   * Does the work when its convoy sets out, and returns what comes of it.
   * @throws as the work does; DomainError unavailable when too many wait
   */
  async go<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.waiting.length >= MOST_WAITING) throw DomainError.unavailable('Too many conversions are waiting: try again in a moment');
    const convoy = await new Promise<Convoy>((setOut) => {
      this.waiting.push(setOut);
      this.atEndOfTurn ??= setImmediate(() => {
        this.atEndOfTurn = undefined;
        this.setOut();
      });
    });
    try {
      return await work();
    } finally {
      this.arrive(convoy);
    }
  }

  private setOut(): void {
    while (this.waiting.length > 0 && this.mayGo()) {
      const together = this.waiting.splice(0, LARGEST);
      const convoy: Convoy = { travellers: together.length, isSlow: false, timer: setTimeout(() => this.letOthersGo(convoy), SLOW_MS) };
      this.underway.add(convoy);
      for (const setOut of together) setOut(convoy);
    }
  }

  private mayGo(): boolean {
    const inTime = [...this.underway].filter(({ isSlow }) => !isSlow).length;
    if (inTime === 0) return this.underway.size < MOST_UNDERWAY;
    return inTime < UNDERWAY && this.waiting.length >= WORTH_IT;
  }

  private letOthersGo(convoy: Convoy): void {
    convoy.isSlow = true;
    this.setOut();
  }

  private arrive(convoy: Convoy): void {
    convoy.travellers -= 1;
    if (convoy.travellers > 0) return;
    clearTimeout(convoy.timer);
    this.underway.delete(convoy);
    this.setOut();
  }
}

interface Convoy { travellers: number; isSlow: boolean; timer: NodeJS.Timeout }
