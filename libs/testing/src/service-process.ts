import { join } from 'node:path';
import type { Service } from '@headwater/contracts';
import { freePort, startServer, type RunningServer } from '@headwater/embedded';

/** Sources, and what compiles them for a process outside of jest; the tests run on the sources, too. */
const LIB = join(__dirname, '..');
const COMPILE = join(LIB, 'compile-sources.cjs');
const START_TIMEOUT_MS = 30_000;

export interface ServiceProcessOptions {
  name: Service;
  /** a program of the test that starts a service of that name; else ours */
  program?: string;
  /** directory for its log */
  directory: string;
  /** where it is to die: a fault point, with `:n` for its n-th arrival there */
  fault?: string;
  /** a promise that it is to break */
  sabotage?: string;
  /** at least where its servers are */
  env: Record<string, string>;
}

/**
 * Starts a service as a process of its own, migrated, and waits until it is ready: what is to be killed can't live in
 * the test's process.
 * @throws EmbeddedServerError with its last words when it doesn't get there
 */
export async function startServiceProcess(options: ServiceProcessOptions): Promise<RunningServer> {
  const { name, directory, fault, sabotage, env } = options;
  const { program = join(LIB, '../../apps', name, 'src/main.ts') } = options;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const preloads = [COMPILE, ...(fault ? [preload('faults')] : []), ...(sabotage ? [preload('sabotage')] : [])];
  return startServer({
    name, program: process.execPath, args: [...preloads.flatMap((file) => ['--require', file]), program],
    log: join(directory, `${name}.log`), url, port, timeoutMs: START_TIMEOUT_MS, stopSteps: [['SIGTERM', 10_000]],
    env: {
      PATH: process.env.PATH, PORT: String(port), MIGRATE_ON_START: 'true',
      LOG_LEVEL: 'warn', ACK_WAIT_SECONDS: '1', ...(fault && { FAULT: fault }), ...(sabotage && { HEADWATER_SABOTAGE: sabotage }),
      ...env,
    },
    accepts: () => fetch(`${url}/health/ready`).then(({ ok }) => ok, () => false),
  });
}

const preload = (name: string): string => join(LIB, 'src', `${name}.ts`);
