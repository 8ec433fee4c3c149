import { Injectable } from '@nestjs/common';

/** Longer than an event is on its way while nothing is wrong. One that comes later is handled, and finds that there is nothing to do. */
export const REMEMBERED_MS = 60_000;
const MOST = 20_000;

interface Told { at: number; done: Promise<boolean> }

/**
 * Events whose effect a request has, so that nobody need handle them when they come a moment later: whoever commits what a request tells says which events
 * tell the same. Known to this process only, and only for a minute: who handles them has to see by what is stored that they have happened, as
 * another replica and the next process do. By the event's id alone, since a service has one subscription of each event.
 */
@Injectable()
export class ToldEvents {
  private readonly told = new Map<string, Told>();
  private toldAt = -Infinity;

  /**
   * @param ids of events
   * @param work commits what they tell, or fails
   * @param undone those of them, if any, that it left to the events after all
   */
  async during<Result>(ids: readonly string[], work: () => Promise<Result>, undone: (result: Result) => readonly string[] = () => []): Promise<Result> {
    const working = work();
    const left = working.then((result) => new Set(undone(result)), () => new Set(ids));
    for (const id of ids) this.remember(id, left.then((missing) => !missing.has(id)));
    const missing = await left;
    for (const id of missing) this.told.delete(id);
    return working;
  }

  /** Whether there may be one: else nobody need ask about each. */
  get any(): boolean {
    return performance.now() - this.toldAt < REMEMBERED_MS;
  }

  /** @returns whether the effect of the event is committed, as soon as that is known; undefined for one that nobody has told of */
  of(id: string): Promise<boolean> | undefined {
    return this.told.get(id)?.done;
  }

  private remember(id: string, done: Promise<boolean>): void {
    const now = performance.now();
    this.told.delete(id);
    this.told.set(id, { at: now, done });
    this.toldAt = now;
    for (const [oldest, { at }] of this.told) {
      if (this.told.size <= MOST && now - at < REMEMBERED_MS) break;
      this.told.delete(oldest);
    }
  }
}
