import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES } from '../../libs/contracts/src';
import { freePort, startPostgres, type RunningServer } from '../../libs/embedded/src';
import { eventually } from '../../libs/testing/src/eventually';
import { pooledServices, startPgbouncer } from './pgbouncer';
import { findPromtool } from './promtool';

const START_TIMEOUT_MS = 180_000;

/**
 * Starts the whole of Headwater as `npm start` does, with a home of its own; the specs find it by `HEADWATER_RUN`. With
 * `HEADWATER_E2E_THROUGH=pgbouncer` its services reach PostgreSQL through pgbouncer alone.
 */
export default async function globalSetup(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'headwater-e2e-'));
  const behind = mkdtempSync(join(tmpdir(), 'headwater-pgbouncer-'));
  const servers = process.env.HEADWATER_E2E_THROUGH === 'pgbouncer' ? await startDatabase(behind) : [];
  const launcher = spawn(process.execPath, [join(__dirname, '../../tools/dist/launcher/main.js'), '--port', String(await freePort())], {
    env: { ...process.env, HEADWATER_HOME: home, DATABASE_URL: servers[0]?.url, NATS_URL: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  Object.assign(globalThis, { headwaterE2e: { launcher, home, behind, servers } });
  let said = '';
  for (const stream of [launcher.stdout, launcher.stderr]) stream.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const run = join(home, 'run.json');
  const isUp = () => existsSync(run) && said.includes(JSON.parse(readFileSync(run, 'utf8')).url as string);
  await eventually('Headwater has started', () => launcher.exitCode !== null || isUp(), { timeoutMs: START_TIMEOUT_MS })
    .catch((cause: unknown) => { throw new Error(`Headwater has not started:\n${said}`, { cause }); });
  if (launcher.exitCode !== null) throw new Error(`The launcher ended with ${launcher.exitCode}:\n${said}`);
  if (servers[0]) await requirePools(servers[0].url);
  process.env.HEADWATER_RUN = run;
  process.env.HEADWATER_PROMTOOL = await findPromtool() ?? '';
}

/** @returns in the order in which they end: pgbouncer, whose URL is for the launcher, and the PostgreSQL behind it */
async function startDatabase(directory: string): Promise<RunningServer[]> {
  chmodSync(directory, 0o755);
  const postgres = await startPostgres({
    dataDir: join(directory, 'postgres'), password: 'tests', log: join(directory, 'postgres.log'), durable: false,
  });
  const own = mkdtempSync(join(directory, 'pgbouncer-'));
  return [await startPgbouncer(postgres.url, own), postgres];
}

async function requirePools(pgbouncer: string): Promise<void> {
  const pooled = await pooledServices(pgbouncer);
  const missing = SERVICES.filter((service) => !pooled.includes(service));
  if (missing.length > 0) throw new Error(`Not behind pgbouncer in transaction mode: ${missing.join(', ')}`);
}
