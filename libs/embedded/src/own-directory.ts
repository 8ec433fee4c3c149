import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedServerError } from './embedded-server-error';

const isRoot = (): boolean => process.getuid?.() === 0;

/** Where downloaded binaries are kept for this user. */
export function cacheDirectory(): string {
  return firstOwnDirectory([
    process.env.XDG_CACHE_HOME ? join(process.env.XDG_CACHE_HOME, 'headwater') : undefined,
    join(homedir(), '.cache', 'headwater'),
    temporaryPlace(),
  ]);
}

/** Where files are kept that other users of this machine must be able to read, too. */
export function publicCacheDirectory(): string {
  return isRoot() ? firstOwnDirectory(['/var/cache/headwater', temporaryPlace()]) : cacheDirectory();
}

/** Where root keeps data of services that run as another user. Not in /var/tmp: systemd clears that by age. */
export function publicStateDirectory(): string {
  return firstOwnDirectory(['/var/lib/headwater', temporaryPlace()]);
}

function temporaryPlace(): string {
  return `/var/tmp/headwater-${process.getuid?.() ?? 'user'}`;
}

function firstOwnDirectory(candidates: (string | undefined)[]): string {
  const found = candidates.find((candidate) => candidate !== undefined && makeOwnDirectory(candidate));
  if (found) return found;
  throw new EmbeddedServerError(
    `None of ${candidates.filter(Boolean).join(', ')} can be written by this user: set XDG_CACHE_HOME to a directory that can`);
}

/** Programs are run from here, so a directory that somebody else can write to (or prepared in /var/tmp) is not taken. */
function makeOwnDirectory(path: string): boolean {
  try {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o755); // a strict umask would keep out the users that the public ones are for
    const { mode, uid } = lstatSync(path);
    return (mode & 0o022) === 0 && uid === (process.getuid?.() ?? uid);
  } catch {
    return false; // not allowed here; the next candidate may be
  }
}
