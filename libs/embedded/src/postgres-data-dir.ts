import { createHash } from 'node:crypto';
import {
  chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync, symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { EmbeddedServerError } from './embedded-server-error';
import { publicStateDirectory } from './own-directory';
import { canEnter, type SystemUser } from './unprivileged-user';

/**
 * Where the data really goes: `wanted`; or, when root runs PostgreSQL as a user who can't get there, a directory of the
 * system that `wanted` then links to, so that people find their data where they expect it.
 */
export function placeDataDir(wanted: string, user: SystemUser | undefined): string {
  mkdirSync(dirname(wanted), { recursive: true });
  const there = lstatSync(wanted, { throwIfNoEntry: false });
  if (!user) {
    if (there) refuseOthersData(wanted);
    return wanted;
  }
  const elsewhere = placeOfTheSystem(wanted);
  if (there?.isSymbolicLink() && readlinkSync(wanted) === elsewhere) return elsewhere;
  if (there) return existing(wanted, user);
  if (letsPass(dirname(wanted), user)) return wanted;
  symlinkSync(elsewhere, wanted);
  return elsewhere;
}

/**
 * Whether a cluster is there already.
 * @throws EmbeddedServerError when there is something else, or one that this version can't open
 */
export function holdsCluster(dataDir: string, major: number): boolean {
  if (readdirIfThere(dataDir).length === 0) return false;
  const version = readIfThere(join(dataDir, 'PG_VERSION'))?.trim();
  if (version === String(major)) return true;
  throw new EmbeddedServerError(version === undefined
    ? `${dataDir} is not empty and holds no PostgreSQL data: choose another directory, or empty it`
    : `${dataDir} was written by PostgreSQL ${version} and can't be opened by ${major}: move it away, or set DATABASE_URL`);
}

/** One place for each path, the same at every start. */
function placeOfTheSystem(wanted: string): string {
  const home = createHash('sha256').update(wanted).digest('hex').slice(0, 16);
  return join(publicStateDirectory(), `${basename(wanted)}-${home}`);
}

function existing(wanted: string, user: SystemUser): string {
  const real = realpathSync(wanted);
  if (dirname(real) === publicStateDirectory()) {
    // A copied home brings the link along: following it would have two servers on one set of files.
    throw new EmbeddedServerError(
      `${wanted} links to the data of another directory, ${real}: remove the link to start empty, or put the data there`);
  }
  if (letsPass(dirname(real), user)) return real;
  throw new EmbeddedServerError(
    `PostgreSQL doesn't run as root, and user ${user.uid} can't reach ${real}: open the directories above it, or move it`);
}

/**
 * Whether the user gets through to what is in a directory. One of our own that is closed just by its own mode, as mkdtemp
 * and a strict umask make them, is opened: for passing through, not for reading. Several above each other only among
 * temporary ones: a closed home is closed on purpose.
 */
function letsPass(directory: string, user: SystemUser): boolean {
  if (canEnter(directory, user)) return true;
  const { uid, mode } = statSync(directory);
  const above = dirname(directory);
  const isReachable = above.startsWith(realpathSync(tmpdir())) ? letsPass(above, user) : canEnter(above, user);
  if (uid !== process.getuid?.() || !isReachable) return false;
  chmodSync(directory, mode | 0o011);
  return canEnter(directory, user);
}

function refuseOthersData(dataDir: string): void {
  const owner = statSync(dataDir, { throwIfNoEntry: false })?.uid;
  if (owner === undefined || owner === process.getuid?.() || process.getuid === undefined) return;
  throw new EmbeddedServerError(
    `The PostgreSQL data in ${dataDir} belongs to another user (${owner}): start as that user, or use another directory`);
}

function readdirIfThere(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
