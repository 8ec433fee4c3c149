import { execFile } from 'node:child_process';
import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedServerError } from './embedded-server-error';
import type { SystemUser } from './unprivileged-user';

const run = promisify(execFile);

export interface NewCluster {
  initdb: string;
  dataDir: string;
  user: SystemUser | undefined;
  superuser: string;
  password: string;
  /** false leaves out the final sync, for tests */
  durable: boolean;
  signal?: AbortSignal;
}

/** Order by bytes, the same on every machine; but letters beyond ASCII are letters, or trigrams would cut Müller in two. */
const LOCALE = ['--locale-provider=libc', '--locale=C', `--lc-ctype=${process.platform === 'darwin' ? 'UTF-8' : 'C.UTF-8'}`];

/**
 * Makes an empty cluster in UTF-8, with a password for everybody. Made beside its place and renamed into it, so that an
 * interrupted one is never taken for a cluster.
 */
export async function createCluster({ dataDir, user, ...cluster }: NewCluster): Promise<void> {
  const workshop = `${dataDir}.new`;
  const data = join(workshop, 'data');
  const passwordFile = join(workshop, 'password');
  rmSync(workshop, { recursive: true, force: true });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  if (user) for (const path of [workshop, data, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    await run(cluster.initdb, [
      `--pgdata=${data}`, `--username=${cluster.superuser}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256',
      '--encoding=UTF8', ...LOCALE, '--no-instructions',
      ...(cluster.durable ? [] : ['--no-sync']),
    ], { ...user, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C' }, signal: cluster.signal });
    renameSync(data, dataDir);
  } catch (error) {
    cluster.signal?.throwIfAborted();
    throw new EmbeddedServerError(`PostgreSQL can't prepare ${dataDir}: ${complaint(error)}`, { cause: error });
  } finally {
    // An interrupted initdb leaves a child of its own writing for a moment.
    rmSync(workshop, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** initdb ends with a line on what it cleaned up; what went wrong stands in its line with `error`. */
function complaint(error: unknown): string {
  const { stderr = '', message } = error as { stderr?: string; message: string };
  const lines = stderr.trim().split('\n').filter(Boolean);
  return lines.find((line) => /error|fatal/i.test(line)) ?? lines[0] ?? message;
}
