import { bool, cleanEnv, num, port, str, url, type ValidatorSpec } from 'envalid';

export type Environment = Record<string, string | undefined>;

type Specs = Record<string, ValidatorSpec<unknown>>;
type Parsed<S extends Specs> = { readonly [Name in keyof S]: S[Name] extends ValidatorSpec<infer Value> ? Value : never };

/** Start refuses with one sentence that names the variable and what it expects. */
export class ConfigurationError extends Error {}

/** Parses the environment into one typed object. @throws ConfigurationError naming every variable that is wrong */
export function parseEnvironment<S extends Specs>(env: Environment, specs: S): Parsed<S> {
  // Copied out of envalid's proxy, which throws at every name that frameworks probe an object for.
  return { ...cleanEnv(env, specs, {
    reporter: ({ errors }) => {
      const sentences = Object.entries(errors).map(([name, error]) => {
        const expects = specs[name]?.desc ? ` (${specs[name].desc})` : '';
        return error?.name === 'EnvMissingError' ? `${name} is missing${expects}` : `${name}: ${error?.message}${expects}`;
      });
      if (sentences.length) throw new ConfigurationError(sentences.join('; '));
    },
  }) } as Parsed<S>;
}

/** What every service reads. */
export const serviceVariables = {
  DATABASE_URL: url({ desc: 'PostgreSQL, as postgres://user:password@host:port/database' }),
  NATS_URL: url({ desc: 'NATS with JetStream, as nats://host:port' }),
  PORT: port({ desc: 'HTTP port: the API of the gateway, health of any service' }),
  HOST: str({ default: '127.0.0.1', desc: 'address to listen on' }),
  DATABASE_POOL: num({ default: 4, desc: 'most connections to PostgreSQL' }),
  MIGRATE_ON_START: bool({ default: false, desc: 'migrate the schema before starting; in production a job does it' }),
  CONSUME_ON_START: bool({ default: true, desc: 'take events from the start; else when told to' }),
  ACK_WAIT_SECONDS: num({ default: 10, desc: 'seconds that an event stays with a replica which no longer says that it works on it' }),
  STREAM_REPLICAS: num({ default: 1, desc: 'replicas of the stream CRM when this service creates it' }),
  LOG_LEVEL: str({
    choices: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], default: 'info', desc: 'least level that is logged',
  }),
} satisfies Specs;

export type ServiceConfig = Parsed<typeof serviceVariables>;
