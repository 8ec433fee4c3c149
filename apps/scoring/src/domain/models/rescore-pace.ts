const TRANSACTION_MS = 200;
const LONGEST_REST_MS = 250;

/**
 * How long a re-score rests while somebody is expected: as long as its chunk took, and up to as long again, the more others hear of.
 * @param share of its leads, that were changed @returns milliseconds
 */
export const restAfter = (tookMs: number, share: number): number => Math.min(LONGEST_REST_MS, tookMs * (1 + share));

/** Where a transaction is that has only read: how long it has lasted, the rest that is due, and who else is there. */
export interface Moment { elapsedMs: number; restMs: number; isBusyLive: boolean; isEnded: boolean }

/**
 * Whether it rests and goes on with another chunk. An activation waits for it: a rest that ends later than a fifth of a second after its beginning
 * follows its commit instead, and so does what somebody live, or the end of the process, waits for.
 */
export const goesOn = ({ elapsedMs, restMs, isBusyLive, isEnded }: Moment): boolean => !isBusyLive && !isEnded && elapsedMs + restMs <= TRANSACTION_MS;
