import { makeValidator, url } from 'envalid';
import { parseEnvironment, type Environment } from '@headwater/platform';

const SHORTEST_SECRET = 32;

const secret = makeValidator((value) => {
  if (value.length < SHORTEST_SECRET) throw new Error(`has only ${value.length} characters`);
  return value;
});

/** It travels in a header, where it may have no spaces. */
const token = makeValidator((value) => {
  if (!/^[\x21-\x7e]*$/.test(value)) throw new Error('has characters other than visible ASCII');
  if (value.length < SHORTEST_SECRET) throw new Error(`has only ${value.length} characters`);
  return value;
});

const variables = {
  JWT_SECRET: secret({ default: undefined, desc: `shared secret of HS256 tokens, at least ${SHORTEST_SECRET} characters` }),
  JWKS_URL: url({ default: undefined, desc: 'address of the JSON Web Key Set that signs the tokens' }),
  OPERATOR_TOKEN: token({ default: undefined, desc: `token that creates tenants, at least ${SHORTEST_SECRET} visible ASCII characters` }),
};

/** What the gateway reads besides what every service does. @throws ConfigurationError */
export const gatewayConfig = (environment: Environment) => parseEnvironment(environment, variables);

export type GatewayConfig = ReturnType<typeof gatewayConfig>;
export const GATEWAY_CONFIG = Symbol('gateway config');
