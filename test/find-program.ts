import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheDirectory, programFromDebian, type DebianProgram } from '../libs/embedded/src';

const FETCH_TIMEOUT_MS = 120_000;

interface Wanted {
  name: string;
  debian: DebianProgram;
  /** whether the one at this path is good enough; by default any is */
  serves?: (path: string) => Promise<boolean>;
}

/**
 * A program that checks what we ship: from PATH, else fetched before, else fetched now.
 * @returns its path; null when there is none to be had, as without a network: then what needs it is skipped, and says so
 */
export async function findProgram({ name, debian, serves = async () => true }: Wanted): Promise<string | null> {
  const cached = join(cacheDirectory(), name);
  const directories = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const path of [...directories.map((directory) => join(directory, name)), cached]) {
    if (existsSync(path) && await serves(path)) return path;
  }
  const workshop = mkdtempSync(`${cached}.`);
  try {
    renameSync(await programFromDebian(debian, workshop, AbortSignal.timeout(FETCH_TIMEOUT_MS)), cached);
    return await serves(cached) ? cached : null;
  } catch {
    return null;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}
