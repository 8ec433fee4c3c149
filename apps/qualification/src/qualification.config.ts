import { num, str, url } from 'envalid';
import { parseEnvironment, secret, type Environment, type Shape } from '@headwater/platform';

const bearerToken: Shape = (text) => {
  if (!/^[\x21-\x7e]+$/.test(text)) throw new Error('may hold visible ASCII characters alone');
};

/** What qualification reads besides what every service does. */
export const qualificationVariables = {
  COPILOT_URL: url({
    default: undefined, desc: 'an OpenAI-compatible endpoint that may word the answers of the copilot, for tenants that want it (docs/copilot.md), as https://host/v1; absent: nobody is asked',
  }),
  COPILOT_MODEL: str({ default: undefined, requiredWhen: ({ COPILOT_URL }) => COPILOT_URL !== undefined, desc: 'name of the model there, together with COPILOT_URL' }),
  COPILOT_KEY: secret(bearerToken)({ default: undefined, desc: 'key for COPILOT_URL, sent as a bearer token' }),
  COPILOT_TIMEOUT_MS: num({ default: 8_000, desc: 'milliseconds after which an answer goes out in our own words, at most 20,000' }),
  COPILOT_CONCURRENCY: num({ default: 8, desc: 'questions to the model that a replica has open at a time; what comes more is answered in our own words' }),
};

/** @throws ConfigurationError */
export const qualificationConfig = (environment: Environment) => parseEnvironment(environment, qualificationVariables);

export type QualificationConfig = ReturnType<typeof qualificationConfig>;
export const QUALIFICATION_CONFIG = Symbol('qualification config');
