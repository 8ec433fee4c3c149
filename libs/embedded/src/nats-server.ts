import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join, relative } from 'node:path';
import { findProcesses } from './find-processes';
import { freePort } from './free-port';
import { isOlder, natsBinary, type NatsVersion } from './nats-binary';
import { startServer, type RunningServer } from './running-server';
import { stopProcess, type StopStep } from './stop-process';

export interface NatsOptions {
  /** absolute; streams and the configuration go here; made when it isn't there */
  storeDir: string;
  /** file that the server's output is appended to */
  log: string;
  /** a free one when left out */
  port?: number;
  /** of the users in deploy/nats/permissions.conf, by their names; when left out, everybody may do everything */
  passwords?: NatsPasswords;
  /** false acknowledges before the disk has it, even where the server could wait: for tests only */
  durable?: boolean;
  /** files with more of its configuration, as users and TLS; it reads them again on SIGHUP */
  include?: string[];
  /** hears what takes time, as in `fetching nats-server from the Debian package` */
  onProgress?: (what: string) => void;
  /** ends the start when aborted; a server that runs is ended by `stop()` */
  signal?: AbortSignal;
}

/** Of the services, and of these two beside them. */
export type NatsPasswords = Readonly<Record<string, string>> & Readonly<Record<(typeof NATS_USERS)[number], string>>;

/** Who uses NATS besides the services: tools and people, and readers from outside. */
export const NATS_USERS = ['admin', 'consumer'] as const;

/** From the sources as from the build. */
const PERMISSIONS = join(__dirname, '..', '..', '..', 'deploy', 'nats', 'permissions.conf');
/** Older servers refuse to start on the field (nats-io/nats-server#4483 brought it). */
const KNOWS_SYNC_INTERVAL: NatsVersion = [2, 10];
const STOP_STEPS: readonly StopStep[] = [['SIGTERM', 10_000]];
const START_TIMEOUT_MS = 60_000;
/** Growth in per cent after which Go collects garbage, 100 by default: a fifth less memory for a tenth more of its processor time. */
const GOGC = '50';
const ANSWER_TIMEOUT_MS = 2_000;

/**
 * Starts a real nats-server with JetStream on `storeDir`, for 127.0.0.1 only. The caller says that the directory is its
 * own: a server that still runs on it from before is stopped first. The answered URL is that of the user `admin`.
 * @throws EmbeddedServerError in one sentence; the reason of `signal` when that is aborted
 */
export async function startNats(options: NatsOptions): Promise<RunningServer> {
  const { log, durable = true, passwords, onProgress = () => undefined, signal } = options;
  const { path: program, version } = await natsBinary({ onProgress, signal });
  mkdirSync(options.storeDir, { recursive: true });
  const storeDir = realpathSync(options.storeDir);
  const configuration = join(storeDir, 'nats-server.conf');
  await stopLeftovers(configuration);

  const port = options.port ?? (await freePort());
  const fsync = durable && !isOlder(version, KNOWS_SYNC_INTERVAL);
  const include = [...(options.include ?? []), ...(passwords ? [PERMISSIONS] : [])];
  writeFileSync(configuration, configure({ storeDir, port, fsync, include }));
  return startServer({
    name: 'nats-server', program, args: ['--config', configuration], log,
    env: { PATH: process.env.PATH, GOGC, ...passwordVariables(passwords) },
    url: natsUrl(port, passwords && { user: 'admin', password: passwords.admin }), port, timeoutMs: START_TIMEOUT_MS, signal, stopSteps: STOP_STEPS,
    accepts: () => greets(port, serverName(storeDir)),
  });
}

/** Where a server that `startNats` started is reached; nats.js takes user and password as options, see `natsLogin`. */
export function natsUrl(port: number, login?: { user: string; password: string }): string {
  return `nats://${login ? `${login.user}:${encodeURIComponent(login.password)}@` : ''}127.0.0.1:${port}`;
}

/** As text, in quotes: the server would take some passwords for numbers. */
function passwordVariables(passwords: NatsPasswords | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(passwords ?? {}).map(([user, password]) => [`NATS_${user.toUpperCase()}_PASSWORD`, JSON.stringify(password)]));
}

function configure({ storeDir, port, fsync, include }: { storeDir: string; port: number; fsync: boolean; include: string[] }): string {
  return [
    '# Written anew at every start.',
    `listen: "127.0.0.1:${port}"`,
    `server_name: ${serverName(storeDir)}`,
    `pid_file: ${JSON.stringify(join(storeDir, 'nats-server.pid'))}`,
    'jetstream {',
    `  store_dir: ${JSON.stringify(storeDir)}`,
    ...(fsync ? ['  sync_interval: always'] : []),
    '}',
    ...include.map((file) => `include ${JSON.stringify(relative(storeDir, file))}`), // it takes every path for one from here
    '',
  ].join('\n');
}

/** Two servers on one store would ruin it. Ours is known by its configuration file: a pid file may name anybody by now. */
async function stopLeftovers(configuration: string): Promise<void> {
  const leftovers = findProcesses(({ name, argv }) => name === 'nats-server' && argv.includes(configuration));
  await Promise.all(leftovers.map((identity) => stopProcess(identity, STOP_STEPS)));
}

/** The same at every start, as clients and streams expect it of one server. */
function serverName(storeDir: string): string {
  return `headwater-${createHash('sha256').update(storeDir).digest('hex').slice(0, 12)}`;
}

/**
 * Whether the server of this name, with JetStream, answers: it sends one INFO line to whoever connects. Another one
 * answers when the port was taken, while ours is about to end of that.
 */
function greets(port: number, name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1', timeout: ANSWER_TIMEOUT_MS });
    const answer = (accepts: boolean): void => { socket.destroy(); resolve(accepts); };
    let greeting = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      greeting += text;
      if (greeting.includes('\r\n')) answer(isOurs(greeting, name));
    });
    socket.on('error', () => answer(false));
    socket.on('timeout', () => answer(false));
    socket.on('close', () => answer(false));
  });
}

function isOurs(greeting: string, name: string): boolean {
  if (!greeting.startsWith('INFO ')) return false;
  const info = JSON.parse(greeting.slice('INFO '.length)) as { server_name?: string; jetstream?: boolean };
  return info.server_name === name && info.jetstream === true;
}
