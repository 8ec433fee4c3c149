import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LauncherError } from './launcher-error';

/** Where one instance keeps everything that stays: data, logs, secrets, and what others need to know of it. */
export interface Home {
  directory: string;
  /** held by the launcher that runs here */
  lock: string;
  /** the processes of this instance, for a next launcher to clean up after a killed one */
  processes: string;
  secrets: string;
  /** how to reach the running instance; there only while it is ready */
  run: string;
  postgres: string;
  nats: string;
  log(name: string): string;
}

/** The paths of a home; nothing is made yet. */
export function homeAt(path: string): Home {
  const directory = resolve(path);
  return {
    directory,
    lock: join(directory, 'run.lock'),
    processes: join(directory, 'processes.json'),
    secrets: join(directory, 'secrets.json'),
    run: join(directory, 'run.json'),
    postgres: join(directory, 'postgres'),
    nats: join(directory, 'nats'),
    log: (name) => join(directory, 'logs', `${name}.log`),
  };
}

/** @throws LauncherError when it can't be made or written to */
export function makeHome({ directory }: Home): void {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK);
  } catch (error) {
    throw new LauncherError(
      `${directory} can't be written to (${(error as NodeJS.ErrnoException).code}): set HEADWATER_HOME to a directory that can`,
      { cause: error });
  }
}
