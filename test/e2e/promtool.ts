import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheDirectory, programFromDebian } from '../../libs/embedded/src';

const DEBIAN = { package: 'prometheus', path: 'usr/bin/promtool' };
const FETCH_TIMEOUT_MS = 120_000;

/**
 * Prometheus' own checker of rules and metrics: from PATH, else fetched before, else fetched now.
 * @returns its path; null when there is none to be had, as without a network
 */
export async function findPromtool(): Promise<string | null> {
  const cached = join(cacheDirectory(), 'promtool');
  const directories = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const there = [...directories.map((directory) => join(directory, 'promtool')), cached].find((path) => existsSync(path));
  if (there) return there;
  const workshop = mkdtempSync(`${cached}.`);
  try {
    renameSync(await programFromDebian(DEBIAN, workshop, AbortSignal.timeout(FETCH_TIMEOUT_MS)), cached);
    return cached;
  } catch {
    return null; // the tests that need it are skipped, and say so
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}
