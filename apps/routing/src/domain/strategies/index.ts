import { capacityShare } from './capacity-share';
import { companySize } from './company-size';
import { leastOpen } from './least-open';
import { named } from './named';
import { roundRobin } from './round-robin';
import { specialist } from './specialist';
import { stickyOwner } from './sticky-owner';
import type { RoutingStrategy } from './strategy';
import { territoryOwner } from './territory-owner';
import { weighted } from './weighted';

export * from './strategy';

/** Every strategy that a pool can have, by its name. One line makes a new one known, checked and tested. */
export const strategies: ReadonlyMap<string, RoutingStrategy> = new Map([
  roundRobin,
  weighted,
  leastOpen,
  capacityShare,
  territoryOwner,
  specialist,
  companySize,
  stickyOwner,
  named,
].map((strategy) => [strategy.name, strategy]));
