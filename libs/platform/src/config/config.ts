import {
  bool, cleanEnv, num, port, str, url, type OptionalValidatorSpec, type ValidatorSpec,
} from 'envalid';
import { isMaterial, material, Material, secret } from './material';
import { anything, certificates, databaseUrl, natsCredentials, natsUrls, privateKey } from './shapes';

export type Environment = Record<string, string | undefined>;

export type Specs = Record<string, ValidatorSpec<unknown>>;
export type Parsed<S extends Specs> = {
  readonly [Name in keyof S]: S[Name] extends OptionalValidatorSpec<infer Value> ? Value | undefined
    : S[Name] extends ValidatorSpec<infer Value> ? Value : never;
};

/** Start refuses with one sentence that names the variable and what it expects. */
export class ConfigurationError extends Error {}

/**
 * Parses the environment into one typed object.
 * @throws ConfigurationError naming every variable that is wrong, and no secret
 */
export function parseEnvironment<S extends Specs>(env: Environment, specs: S): Parsed<S> {
  const { given, fromFiles, complaints } = readFiles(env, specs);
  // Copied out of envalid's proxy, which throws at every name that frameworks probe an object for.
  const parsed = { ...cleanEnv(given, specs, {
    reporter: ({ errors }) => {
      for (const [name, error] of Object.entries(errors)) {
        const expects = specs[name]?.desc ? ` (${specs[name].desc})` : '';
        complaints[name] ??= error?.name === 'EnvMissingError' ? `${name} is missing${expects}` : `${name}: ${error?.message}${expects}`;
      }
      if (Object.keys(complaints).length) throw new ConfigurationError(Object.values(complaints).join('; '));
    },
  }) };
  return { ...parsed, ...fromFiles } as unknown as Parsed<S>;
}

/** Takes in the files that `…_FILE` variables name, for those that are declared as material. */
function readFiles(env: Environment, specs: Specs): { given: Environment; fromFiles: Record<string, Material>; complaints: Record<string, string> } {
  const given = { ...env };
  const fromFiles: Record<string, Material> = {};
  const complaints: Record<string, string> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const variable = `${name}_FILE`;
    const path = env[variable];
    if (path === undefined || !isMaterial(spec)) continue;
    if (env[name] !== undefined) {
      complaints[name] = `${name} and ${variable} are both given: leave one out`;
      continue;
    }
    try {
      fromFiles[name] = Material.inFile(variable, path, spec.shape);
      given[name] = fromFiles[name].read();
    } catch (error) {
      complaints[name] = `${variable}: ${(error as Error).message} (${spec.desc})`;
    }
  }
  return { given, fromFiles, complaints };
}

const isGiven = (name: string) => (parsed: Record<string, unknown>): boolean => parsed[name] !== undefined;

/** How a service reaches PostgreSQL. */
export const databaseVariables = {
  DATABASE_URL: secret(databaseUrl)({
    desc: 'PostgreSQL, as postgres://user:password@host:port/database; with ?sslmode=verify-full for TLS by a CA that the system knows',
  }),
  DATABASE_PASSWORD: secret(anything)({ default: undefined, desc: 'takes the place of the password in DATABASE_URL' }),
  DATABASE_CA: material(certificates)({
    default: undefined, desc: 'PEM: certificates of the CA that PostgreSQL is verified with, its host name included; makes TLS a must',
  }),
  DATABASE_CERT: material(certificates)({
    default: undefined, requiredWhen: isGiven('DATABASE_KEY'), desc: 'PEM: our certificate for PostgreSQL, together with DATABASE_KEY',
  }),
  DATABASE_KEY: secret(privateKey)({
    default: undefined, requiredWhen: isGiven('DATABASE_CERT'), desc: 'PEM: the private key of DATABASE_CERT, without passphrase',
  }),
} satisfies Specs;

/** How a service reaches NATS. */
export const natsVariables = {
  NATS_URL: secret(natsUrls)({
    desc: 'NATS with JetStream, as nats://host:port, tls://… for TLS by a CA that the system knows; several with commas between them',
  }),
  NATS_USER: material(anything)({
    default: undefined, requiredWhen: isGiven('NATS_PASSWORD'), desc: 'user of NATS, together with NATS_PASSWORD; else the one in NATS_URL',
  }),
  NATS_PASSWORD: secret(anything)({ default: undefined, requiredWhen: isGiven('NATS_USER'), desc: 'password of NATS_USER' }),
  NATS_CREDS: secret(natsCredentials)({
    default: undefined, desc: 'text of a .creds file (token and seed), in place of NATS_USER and NATS_PASSWORD',
  }),
  NATS_CA: material(certificates)({
    default: undefined, desc: 'PEM: certificates of the CA that NATS is verified with, its host name included; makes TLS a must',
  }),
  NATS_CERT: material(certificates)({
    default: undefined, requiredWhen: isGiven('NATS_KEY'), desc: 'PEM: our certificate for NATS, together with NATS_KEY',
  }),
  NATS_KEY: secret(privateKey)({
    default: undefined, requiredWhen: isGiven('NATS_CERT'), desc: 'PEM: the private key of NATS_CERT, without passphrase',
  }),
} satisfies Specs;

/** What every service reads. */
export const serviceVariables = {
  ...databaseVariables,
  ...natsVariables,
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
  LOG_FORMAT: str({ choices: ['json', 'pretty'], default: undefined, desc: 'form of log lines; pretty on a terminal when absent, else json' }),
  SHUTDOWN_DELAY_SECONDS: num({
    default: 0, desc: 'seconds after SIGTERM in which requests are still answered while /health/ready says 503, for load balancers that ask it',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: url({ default: undefined, desc: 'where traces are sent, as http://collector:4318; absent: tracing is off' }),
  OTEL_EXPORTER_OTLP_HEADERS: secret(anything)({ default: undefined, desc: 'headers sent with traces, as key=value,other=value' }),
  OTEL_SDK_DISABLED: bool({ default: false, desc: 'tracing is off, whatever the other variables say' }),
  OTEL_SERVICE_NAME: str({ default: undefined, desc: 'name in traces; headwater-<service> when absent' }),
  OTEL_RESOURCE_ATTRIBUTES: str({ default: undefined, desc: 'what is said of the process with its traces, as key=value,other=value' }),
  OTEL_TRACES_SAMPLER: str({
    choices: ['always_on', 'always_off', 'traceidratio', 'parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'],
    default: 'parentbased_always_on', desc: 'which traces are recorded; parentbased: as the caller says in traceparent, else the rest of the name',
  }),
  OTEL_TRACES_SAMPLER_ARG: num({ default: 1, desc: 'share of traces that traceidratio records, from 0 to 1' }),
  OTEL_BSP_SCHEDULE_DELAY: num({ default: 2_000, desc: 'milliseconds between two deliveries of spans' }),
} satisfies Specs;

export type DatabaseConfig = Parsed<typeof databaseVariables>;
export type NatsConfig = Parsed<typeof natsVariables>;
export type ServiceConfig = Parsed<typeof serviceVariables>;
