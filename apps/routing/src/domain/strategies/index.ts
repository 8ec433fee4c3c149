import { leastOpen } from './least-open';
import { named } from './named';
import { roundRobin } from './round-robin';
import type { RoutingStrategy } from './strategy';
import { weighted } from './weighted';

export * from './strategy';

/** Every strategy that a pool can have, by its name. One line makes a new one known, checked and tested. */
export const strategies: ReadonlyMap<string, RoutingStrategy> = new Map([
  roundRobin,
  weighted,
  leastOpen,
  named,
].map((strategy) => [strategy.name, strategy]));
