import { num } from 'envalid';
import { parseEnvironment, type Environment } from '@headwater/platform';

/** What scoring reads besides what every service does. */
export const scoringVariables = {
  RESCORE_EVENTS_PER_SECOND: num({
    default: 500, desc: 'events of a re-score that a replica announces each second while it goes on; what is left follows when it is done. More tell others '
      + 'of the new scores earlier, and take the time from leads that come in meanwhile where both share processors',
  }),
};

/** @throws ConfigurationError */
export const scoringConfig = (environment: Environment) => parseEnvironment(environment, scoringVariables);

export type ScoringConfig = ReturnType<typeof scoringConfig>;
export const SCORING_CONFIG = Symbol('scoring config');
