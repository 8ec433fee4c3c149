const TRANSACTION_MS = 200;
const LONGEST_REST_MS = 250;

/**
 * How long a re-score rests while somebody is expected: as long as its chunk took, and up to as long again, the more others hear of.
 * @param share of its leads, that were changed @returns milliseconds
 */
export const restAfter = (tookMs: number, share: number): number => Math.min(LONGEST_REST_MS, tookMs * (1 + share));

/**
 * Whether a transaction that has only read, for so long, rests and goes on with another chunk. An activation waits for it: a rest that ends later than
 * a fifth of a second after its beginning follows its commit instead.
 */
export const restsWithin = (elapsedMs: number, restMs: number): boolean => elapsedMs + restMs <= TRANSACTION_MS;
