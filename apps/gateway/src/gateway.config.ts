import { num, url } from 'envalid';
import { parseEnvironment, sealingVariables, secret, type Environment, type Shape } from '@headwater/platform';

const SHORTEST_SECRET = 32;

/**
 * Several stand on a line each, and all of them are good: while one takes another's place, whoever knows only the old one
 * goes on working until that is taken out.
 */
export const secretsIn = (text: string): string[] => text.split(/\r?\n/).filter(Boolean);

const secrets: Shape = (text) => {
  const lengths = secretsIn(text).map(({ length }) => length);
  if (lengths.length === 0) throw new Error('is empty');
  if (Math.min(...lengths) < SHORTEST_SECRET) throw new Error(`has only ${Math.min(...lengths)} characters`);
};

/** They travel in a header, where they may have no spaces. */
const tokens: Shape = (text) => {
  if (!/^[\x21-\x7e\r\n]*$/.test(text)) throw new Error('has characters other than visible ASCII');
  secrets(text);
};

/** What the gateway reads besides what every service does. */
export const gatewayVariables = {
  JWT_SECRET: secret(secrets)({
    default: undefined, desc: `shared secret of HS256 tokens, at least ${SHORTEST_SECRET} characters; while it is being replaced, the new and the old one on a line each`,
  }),
  JWKS_URL: url({ default: undefined, desc: 'address of the JSON Web Key Set that signs the tokens' }),
  ...sealingVariables,
  PUBLIC_URL: url({ default: undefined, desc: 'address by which others reach the gateway, without a slash at its end: of forms and of links in mails' }),
  TRUSTED_PROXIES: num({ default: 0, desc: 'proxies before the gateway that add to X-Forwarded-For; with 0 that header is not believed' }),
  OPERATOR_TOKEN: secret(tokens)({
    default: undefined, desc: `token that creates tenants, at least ${SHORTEST_SECRET} visible ASCII characters; several on a line each`,
  }),
};

/** @throws ConfigurationError */
export const gatewayConfig = (environment: Environment) => parseEnvironment(environment, gatewayVariables);

export type GatewayConfig = ReturnType<typeof gatewayConfig>;
export const GATEWAY_CONFIG = Symbol('gateway config');
