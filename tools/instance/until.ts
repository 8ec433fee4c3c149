import { setTimeout as delay } from 'node:timers/promises';
import { RunError } from './run-error';

interface Patience {
  signal: AbortSignal;
  withinMs: number;
  /** completes the sentence `Waited … s for` */
  what: string | (() => string);
  lookEveryMs?: number;
}

const LOOK_EVERY_MS = 50;

/**
 * Waits until a condition holds, and answers with what it found.
 * @throws RunError when it doesn't in time; the reason of an aborted signal; what the condition raises
 */
export async function until<Found>(
  condition: () => Promise<Found | false | undefined> | Found | false | undefined, { signal, withinMs, what, lookEveryMs }: Patience,
): Promise<Found> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    signal.throwIfAborted();
    const found = await condition();
    if (found) return found;
    if (Date.now() > deadline) throw new RunError(`Waited ${withinMs / 1_000} s for ${typeof what === 'string' ? what : what()}`);
    await delay(lookEveryMs ?? LOOK_EVERY_MS, undefined, { signal });
  }
}
