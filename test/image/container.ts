import { chmodSync, copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { startLoggedProcess, startServer, type LoggedProcess, type RunningServer } from '../../libs/embedded/src';
import type { Image } from './build-image';

const START_TIMEOUT_MS = 30_000;
const NOWHERE = '/nonexistent';

export interface ContainerOptions {
  /** in place of the image's */
  command?: string[];
  env: Record<string, string>;
  /** for its log, and for Node where the image's user can reach it */
  directory: string;
}

/** Runs a command of an image as its user, in its working directory, with nothing around it that it could write to. */
export function runContainer(image: Image, options: ContainerOptions): Promise<LoggedProcess> {
  return startLoggedProcess(processOf(image, options));
}

/** Starts an image's service, and waits until it is ready. @throws EmbeddedServerError with its last words when it doesn't get there */
export function startContainer(image: Image, options: ContainerOptions & { port: number }): Promise<RunningServer> {
  const url = `http://127.0.0.1:${options.port}`;
  return startServer({
    ...processOf(image, { ...options, env: { ...options.env, PORT: String(options.port), HOST: '127.0.0.1' } }),
    url, port: options.port, timeoutMs: START_TIMEOUT_MS,
    accepts: () => fetch(`${url}/health/ready`).then(({ ok }) => ok, () => false),
  });
}

function processOf(image: Image, { command = image.command!, env, directory }: ContainerOptions) {
  const [program, ...args] = command;
  if (program !== 'node') throw new Error(`The image has no ${program}`);
  return {
    name: image.workdir, program: 'sh', args: ['-c', 'cd "$0" && exec "$@"', join(image.root, image.workdir), nodeIn(directory), ...args],
    log: join(directory, 'container.log'), user: userOf(image), stopSteps: [[image.stopSignal as NodeJS.Signals, 30_000]] as const,
    env: { PATH: '/usr/bin:/bin', HOME: NOWHERE, TMPDIR: NOWHERE, ...image.env, ...env },
  };
}

/** Only root can become the image's user; everybody else is one without rights already. */
function userOf({ user }: Image): { uid: number; gid: number } | undefined {
  const [uid, gid] = user!.split(':').map(Number) as [number, number];
  return process.getuid?.() === 0 ? { uid, gid } : undefined;
}

/** Ours may lie in a home that only we can enter. */
function nodeIn(directory: string): string {
  const node = join(directory, 'node');
  if (!existsSync(node)) {
    copyFileSync(process.execPath, node);
    chmodSync(node, 0o755);
  }
  return node;
}
