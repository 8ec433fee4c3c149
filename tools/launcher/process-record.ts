import { rmSync } from 'node:fs';
import { isRunning, signalProcess, stopProcess, type ProcessIdentity } from '@headwater/embedded';
import { readJsonFile, writeJsonFile } from './json-file';

type Recorded = Record<string, ProcessIdentity>;

/** The servers go down after everything that uses them. */
const LAST = ['nats', 'postgres'];
const GRACE_MS = 10_000;

/** The processes that this launcher started and that run, also on disk: they outlive a launcher that is killed. */
export class ProcessRecord {
  private readonly processes: Recorded = {};

  /** @param onChange is called after each change, when the file is written */
  constructor(private readonly path: string, private readonly onChange: () => void = () => undefined) {}

  add(name: string, identity: ProcessIdentity): void {
    this.processes[name] = identity;
    this.save();
  }

  remove(name: string): void {
    delete this.processes[name];
    this.save();
  }

  pids(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.processes).map(([name, { pid }]) => [name, pid]));
  }

  /** At once, without asking: for the second Ctrl-C. PostgreSQL recovers from it at the next start. */
  kill(): void {
    for (const identity of Object.values(this.processes)) signalProcess(identity, 'SIGKILL');
  }

  private save(): void {
    if (Object.keys(this.processes).length > 0) writeJsonFile(this.path, this.processes);
    else rmSync(this.path, { force: true });
    this.onChange();
  }
}

/**
 * Stops what a killed launcher left running. Call it only with the lock in hand.
 * @returns the names of what was stopped
 */
export async function stopOrphans(path: string): Promise<string[]> {
  const orphans = Object.entries(readJsonFile<Recorded>(path) ?? {}).filter(([, identity]) => isRunning(identity));
  const stop = ([name, identity]: [string, ProcessIdentity]): Promise<void> =>
    // PostgreSQL takes SIGTERM as: wait until the last client is gone.
    stopProcess(identity, [[name === 'postgres' ? 'SIGINT' : 'SIGTERM', GRACE_MS]]);
  await Promise.all(orphans.filter(([name]) => !LAST.includes(name)).map(stop));
  for (const name of LAST) await Promise.all(orphans.filter(([orphan]) => orphan === name).map(stop));
  rmSync(path, { force: true });
  return orphans.map(([name]) => name);
}
