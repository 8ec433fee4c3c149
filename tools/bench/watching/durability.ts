import type { Pool } from 'pg';
import { RunError } from '../../instance/run-error';

const SETTINGS = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;

/** What a commit costs is half of what is measured. @throws RunError when PostgreSQL promises less than it can */
export async function requireDurable(database: Pool): Promise<void> {
  const { rows } = await database.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)', [SETTINGS]);
  const off = rows.filter(({ setting }) => setting !== 'on');
  if (rows.length === SETTINGS.length && off.length === 0) return;
  const settings = off.map(({ name, setting }) => `${name} is ${setting}`).join(', ');
  throw new RunError(`Nothing is measured while PostgreSQL isn't durable: ${settings}`);
}
