import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { SERVICES, type Service as ServiceName } from '@headwater/contracts';
import { startLoggedProcess, type StopStep } from '@headwater/embedded';
import { LauncherError } from './launcher-error';
import { whatIsMissing } from './readiness';
import type { Secrets } from './secrets';
import type { Server } from './servers';
import type { Program } from './supervisor';

/** One of the services, each a process of its own. */
export interface Service {
  name: ServiceName;
  /** its built main.js */
  main: string;
  /** the edge checks tokens, so it gets what they are signed with; nobody else does */
  isEdge: boolean;
}

const STOP_STEPS: readonly StopStep[] = [['SIGTERM', 10_000]];

/** The services of Headwater, as built in this repository. */
export function services(repository: string): Service[] {
  return SERVICES.map((name) => ({
    name, main: join(repository, 'apps', name, 'dist', 'main.js'), isEdge: name === 'gateway',
  }));
}

/** What services inherit: how they use memory, whoever starts them, and what the launcher was started with. */
export function inherited(repository: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const settings = parseEnv(readFileSync(join(repository, 'deploy', 'service.env'), 'utf8'));
  const nodeOptions = [settings.NODE_OPTIONS, environment.NODE_OPTIONS].filter(Boolean).join(' '); // of two, Node takes the last
  return { ...settings, ...environment, NODE_OPTIONS: nodeOptions };
}

/** @throws LauncherError naming a service that isn't built */
export function requireBuilt(wanted: Service[]): void {
  const missing = wanted.find(({ main }) => !existsSync(main));
  if (!missing) return;
  throw new LauncherError(`The service ${missing.name} isn't built (${missing.main} is missing): run npm run build`);
}

export interface Surroundings {
  postgres: Pick<Server, 'urlFor'>;
  nats: Pick<Server, 'urlFor'>;
  secrets: Secrets;
  /** what the launcher was started with */
  environment: NodeJS.ProcessEnv;
}

/**
 * Each is given its own credentials, and nobody else's.
 * @param port where it is to answer: the API in case of the edge, questions about its health in any case
 */
export function serviceProgram({ name, main, isEdge }: Service, port: number, log: string, surroundings: Surroundings): Program {
  const env = {
    ...environmentOf(name, surroundings, port),
    ...(isEdge ? {
      JWT_SECRET: surroundings.secrets.jwt_secret, OPERATOR_TOKEN: surroundings.secrets.operator_token,
      PUBLIC_URL: surroundings.environment.PUBLIC_URL ?? `http://127.0.0.1:${port}`,
    } : {}),
    ...(SEALING.includes(name) ? { SEALING_KEY: surroundings.secrets.sealing_key } : {}),
  };
  return {
    name,
    start: () => startLoggedProcess({ name, program: process.execPath, args: [main], log, env, stopSteps: STOP_STEPS }),
    whatIsMissing: () => whatIsMissing(port),
  };
}

/** They keep secrets of tenants: the one seals and opens them, the other opens those that it asks vendors with. */
const SEALING: readonly ServiceName[] = ['gateway', 'intake'];

/** What we were given is for us, or for servers that we don't use: a service has credentials of its own. */
const CREDENTIALS = ['DATABASE_URL', 'DATABASE_PASSWORD', 'NATS_URL', 'NATS_USER', 'NATS_PASSWORD', 'NATS_CREDS', 'JWT_SECRET', 'OPERATOR_TOKEN', 'SEALING_KEY'];
const CERTIFICATES = ['CA', 'CERT', 'KEY'];

/** Certificates are passed on for servers that we don't start ourselves: ours have none. */
export function withoutCredentials(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = ['DATABASE', 'NATS'].filter((server) => !environment[`${server}_URL`]);
  const held = [...CREDENTIALS, ...ours.flatMap((server) => CERTIFICATES.map((what) => `${server}_${what}`))];
  const names = new Set(held.flatMap((variable) => [variable, `${variable}_FILE`]));
  return Object.fromEntries(Object.entries(environment).filter(([variable]) => !names.has(variable)));
}

function environmentOf(name: ServiceName, { postgres, nats, environment }: Surroundings, port: number): NodeJS.ProcessEnv {
  return {
    LOG_LEVEL: 'warn',
    ...withoutCredentials(environment),
    DATABASE_URL: postgres.urlFor(name),
    NATS_URL: nats.urlFor(name),
    HOST: '127.0.0.1', // some shells export the machine's name as HOST
    PORT: String(port),
    MIGRATE_ON_START: 'true',
  };
}
