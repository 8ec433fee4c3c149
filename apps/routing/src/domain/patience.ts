import type { Waits } from './assignment';
import type { CompiledRules } from './rule-sets/compile-rules';

const HOUR_MS = 3_600_000;

/**
 * Until when a lead may wait for the people of each pool (RFC 3339): the pool's maximum, from when it began to wait for it. A pool that
 * it has waited for as long as that is waited for no more.
 */
export function patienceOf({ maxWait }: CompiledRules, waits: Waits | null, now: string): ReadonlyMap<string, string> {
  if (maxWait.size === 0) return NONE;
  return new Map([...maxWait].map(([pool, hours]) => {
    const since = waits?.for === 'window' && waits.pool === pool ? waits.since : now;
    return [pool, new Date(Date.parse(since) + hours * HOUR_MS).toISOString()];
  }));
}

const NONE: ReadonlyMap<string, string> = new Map();
