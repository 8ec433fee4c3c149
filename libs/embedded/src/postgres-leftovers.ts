import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findProcesses, worksIn } from './find-processes';
import { stopProcess, type StopStep } from './stop-process';

/** SIGINT is PostgreSQL's fast shutdown: clients are cut off, everything is written. SIGQUIT leaves that to recovery. */
export const POSTGRES_STOP_STEPS: readonly StopStep[] = [['SIGINT', 15_000], ['SIGQUIT', 5_000]];

/**
 * Stops what an earlier server left running on this data directory: a postmaster whose launcher was killed, or the
 * processes of a postmaster that was killed itself. They are known by their working directory, which PostgreSQL makes the
 * data directory; the pid in `postmaster.pid` may be anybody's by now.
 */
export async function stopLeftovers(dataDir: string): Promise<void> {
  const processes = findProcesses(({ pid, name }) => name.startsWith('postgres') && worksIn(pid, dataDir));
  const postmaster = postmasterPid(dataDir);
  for (const identity of processes.filter(({ pid }) => pid === postmaster)) await stopProcess(identity, POSTGRES_STOP_STEPS);
  // Its children go with it; what is left belongs to one that could not tell them.
  await Promise.all(processes.map((identity) => stopProcess(identity, [['SIGQUIT', 3_000]])));
  // PostgreSQL refuses to start when a stranger of the same user has the pid in a stale file.
  if (process.platform === 'linux') rmSync(join(dataDir, 'postmaster.pid'), { force: true });
}

function postmasterPid(dataDir: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8'), 10);
  } catch {
    return undefined; // no server ran here, or it ended properly
  }
}
