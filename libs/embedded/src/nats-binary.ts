import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedServerError } from './embedded-server-error';
import { natsFromRelease } from './nats-from-release';
import { cacheDirectory } from './own-directory';
import { programFromDebian } from './program-from-debian';

export interface NatsBinary {
  path: string;
  version: NatsVersion;
}
export type NatsVersion = readonly [major: number, minor: number];

interface Fetching {
  onProgress: (what: string) => void;
  signal?: AbortSignal;
}

const OLDEST: NatsVersion = [2, 9];
/** Where Debian puts servers; an ordinary user's PATH often leaves it out. */
const SERVER_DIRECTORIES = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin'];
const DEBIAN = { package: 'nats-server', path: 'usr/sbin/nats-server' };
const run = promisify(execFile);

/**
 * A nats-server that runs here: from PATH, else fetched before, else fetched now.
 * @throws EmbeddedServerError with what to do, when there is none to be had
 */
export async function natsBinary(fetching: Fetching): Promise<NatsBinary> {
  const cached = join(cacheDirectory(), 'nats-server');
  const directories = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...SERVER_DIRECTORIES];
  for (const path of [...directories.map((directory) => join(directory, 'nats-server')), cached]) {
    const version = await versionOf(path);
    if (version && !isOlder(version, OLDEST)) return { path, version };
  }
  await fetchTo(cached, fetching);
  const version = await versionOf(cached);
  if (version) return { path: cached, version };
  throw new EmbeddedServerError(`The nats-server fetched to ${cached} doesn't run on this machine: ${whatToDo()}`);
}

export function isOlder([major, minor]: NatsVersion, [otherMajor, otherMinor]: NatsVersion): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

/** Undefined for what isn't there, or doesn't run. */
async function versionOf(path: string): Promise<NatsVersion | undefined> {
  if (!existsSync(path)) return undefined;
  const { stdout } = await run(path, ['--version']).catch(() => ({ stdout: '' }));
  const [, major, minor] = /v(\d+)\.(\d+)\./.exec(stdout) ?? [];
  return major && minor ? [Number(major), Number(minor)] : undefined;
}

/** Tries what this machine may have, the system's own packages first; what each way complained of ends up in the error. */
async function fetchTo(place: string, { onProgress, signal }: Fetching): Promise<void> {
  const complaints: string[] = [];
  const ways = [
    {
      from: 'the Debian package', possible: existsSync('/usr/bin/apt-get'),
      fetch: (workshop: string) => programFromDebian(DEBIAN, workshop, signal),
    },
    { from: 'its release on GitHub', possible: true, fetch: (workshop: string) => natsFromRelease(workshop, signal) },
  ];
  for (const { from, fetch } of ways.filter(({ possible }) => possible)) {
    const workshop = mkdtempSync(`${place}.`);
    try {
      onProgress(`fetching nats-server from ${from}`);
      const fetched = await fetch(workshop);
      chmodSync(fetched, 0o755);
      renameSync(fetched, place);
      return;
    } catch (error) {
      signal?.throwIfAborted();
      complaints.push(`${from}: ${firstLine(error)}`);
    } finally {
      rmSync(workshop, { recursive: true, force: true });
    }
  }
  throw new EmbeddedServerError(`There is no nats-server, and it can't be fetched (${complaints.join('; ')}): ${whatToDo()}`);
}

function whatToDo(): string {
  const install = process.platform === 'darwin' ? 'brew install nats-server' : 'apt-get install nats-server';
  return `install it (${install}), or set NATS_URL to a server with JetStream`;
}

function firstLine(error: unknown): string {
  const { stderr, message, cause } = error as Error & { stderr?: string };
  // fetch says only that it failed; why stands in its cause.
  const reason = message === 'fetch failed' && cause instanceof Error ? cause.message : message;
  return (stderr?.trim() || reason).split('\n')[0]!;
}
