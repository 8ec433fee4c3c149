import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../libs/embedded/src';

/** One PostgreSQL for a run of integration tests; each cell makes a database of its own in it. */
export default async function globalSetup(): Promise<void> {
  if (process.env.HEADWATER_TEST_DATABASE_URL) return;
  const directory = mkdtempSync(join(tmpdir(), 'headwater-tests-'));
  const postgres = await startPostgres({
    dataDir: join(directory, 'postgres'), password: 'tests', log: join(directory, 'postgres.log'), durable: false,
  });
  process.env.HEADWATER_TEST_DATABASE_URL = postgres.url;
  Object.assign(globalThis, { headwaterTests: { postgres, directory } });
}
