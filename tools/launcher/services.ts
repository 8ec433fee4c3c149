import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startLoggedProcess, type StopStep } from '@headwater/testing';
import { LauncherError } from './launcher-error';
import { whatIsMissing } from './readiness';
import type { Program } from './supervisor';

/** One of the services, each a process of its own. */
export interface Service {
  name: string;
  /** its built main.js */
  main: string;
  /** the edge checks tokens, so it gets what they are signed with; nobody else does */
  isEdge: boolean;
}

const NAMES = ['gateway', 'intake', 'scoring', 'routing', 'qualification', 'conversion'];
const STOP_STEPS: readonly StopStep[] = [['SIGTERM', 10_000]];

/** The services of Headwater, as built in this repository. */
export function services(repository: string): Service[] {
  return NAMES.map((name) => ({
    name, main: join(repository, 'apps', name, 'dist', 'main.js'), isEdge: name === 'gateway',
  }));
}

/** @throws LauncherError naming a service that isn't built */
export function requireBuilt(wanted: Service[]): void {
  const missing = wanted.find(({ main }) => !existsSync(main));
  if (missing) throw new LauncherError(`The service ${missing.name} isn't built (${missing.main} is missing): run npm run build`);
}

/** @param port where it answers questions about its health, as `env` tells it to */
export function serviceProgram({ name, main }: Service, port: number, log: string, env: NodeJS.ProcessEnv): Program {
  return {
    name,
    start: () => startLoggedProcess({ name, program: process.execPath, args: [main], log, env, stopSteps: STOP_STEPS }),
    whatIsMissing: () => whatIsMissing(port),
  };
}
