import { linkSync, renameSync, rmSync } from 'node:fs';
import { identifyProcess, isRunning, type ProcessIdentity } from '@headwater/embedded';
import { readJsonFile, writeJsonFile } from './json-file';
import { LauncherError } from './launcher-error';

/** Who runs here, and where the instance answers. */
interface Holder extends ProcessIdentity {
  url: string;
}

/**
 * Makes this process the one launcher of a home; a lock whose holder has died is taken over.
 * @returns what gives the lock back
 * @throws LauncherError with the URL of the instance that runs already
 */
export function takeLock(path: string, url: string): () => void {
  const holder: Holder = { ...identifyProcess(process.pid)!, url };
  while (!createLock(path, holder)) {
    const other = readJsonFile<Holder>(path);
    if (other && isRunning(other)) {
      throw new LauncherError(`Headwater is already running at ${other.url} (process ${other.pid}); stop it first, ` +
        'or start another beside it with its own HEADWATER_HOME and --port');
    }
    if (other) removeStale(path, other);
  }
  return () => rmSync(path, { force: true });
}

/** A link appears with its content, or not at all, and never over another: which writing the file would not promise. */
function createLock(path: string, holder: Holder): boolean {
  const own = `${path}.${process.pid}`;
  writeJsonFile(own, holder);
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Of two launchers that find the same stale lock, the slower one could remove the lock that the quicker one just took. */
function removeStale(path: string, stale: Holder): void {
  const removed = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, removed);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const taken = readJsonFile<Holder>(removed);
  if (taken && (taken.pid !== stale.pid || taken.started !== stale.started)) createLock(path, taken);
  rmSync(removed, { force: true });
}
