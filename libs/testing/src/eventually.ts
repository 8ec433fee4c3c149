import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/**
 * Waits until a condition holds.
 * @param condition returns something truthy when it holds, which is handed back
 * @throws after `timeoutMs` with the description, or with the last error that the condition raised
 */
export async function eventually<T>(
  description: string, condition: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  { timeoutMs = 10_000 } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      const found = await condition();
      if (found) return found;
      if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${description}`);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await delay(LOOK_EVERY_MS);
  }
}
