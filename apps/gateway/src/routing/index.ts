import { RuleSetsController } from './rule-sets.controller';

/** How leads find their owners: rules, and what came of them. */
export const ROUTING = { controllers: [RuleSetsController], providers: [] };
