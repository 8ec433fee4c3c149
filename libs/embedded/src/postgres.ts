import { Client } from 'pg';
import { EmbeddedServerError } from './embedded-server-error';
import { freePort } from './free-port';
import { postgresBinaries } from './postgres-binaries';
import { createCluster } from './postgres-cluster';
import { holdsCluster, placeDataDir } from './postgres-data-dir';
import { POSTGRES_STOP_STEPS, stopLeftovers } from './postgres-leftovers';
import { startServer, type RunningServer } from './running-server';
import { unprivilegedUser } from './unprivileged-user';

export interface PostgresOptions {
  /** absolute; made when it isn't there */
  dataDir: string;
  /** of the superuser `headwater`; a data directory keeps the one that it was made with */
  password: string;
  /** file that the server's output is appended to */
  log: string;
  /** a free one when left out */
  port?: number;
  /** false trades safety against power cuts for speed: for tests only */
  durable?: boolean;
  /** hears what takes time, as in `creating the database files` */
  onProgress?: (what: string) => void;
  /** ends the start when aborted; a server that runs is ended by `stop()` */
  signal?: AbortSignal;
}

const NAME = 'PostgreSQL';
/** Both the superuser and the database that the answered URL leads to. */
const HEADWATER = 'headwater';
/** Recovery after a kill takes its time on a large database. */
const START_TIMEOUT_MS = 120_000;
const NOT_YET = new Set(['ECONNREFUSED', 'ECONNRESET', '57P03']);

/**
 * Starts a real PostgreSQL on `dataDir`, for 127.0.0.1 only, and answers when the database `headwater` can be used. As
 * root it runs as the owner of the data, else as `nobody`. The caller says that the directory is its own: a server that
 * still runs on it from before is stopped first.
 * @throws EmbeddedServerError in one sentence; the reason of `signal` when that is aborted
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningServer> {
  const { password, log, durable = true, onProgress = () => undefined, signal } = options;
  const user = unprivilegedUser(options.dataDir);
  const { initdb, postgres, major } = postgresBinaries(user, onProgress);
  const dataDir = placeDataDir(options.dataDir, user);
  if (holdsCluster(dataDir, major)) {
    await stopLeftovers(dataDir);
  } else {
    onProgress('creating the database files');
    await createCluster({ initdb, dataDir, user, superuser: HEADWATER, password, durable, signal });
  }

  const port = options.port ?? (await freePort());
  return startServer({
    name: NAME, program: postgres, args: ['-D', dataDir, ...settings({ port, durable })], log, user,
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    url: postgresUrl(port, password), port, timeoutMs: START_TIMEOUT_MS, signal, stopSteps: POSTGRES_STOP_STEPS,
    accepts: () => databaseIsThere(postgresUrl(port, password, 'postgres'), dataDir),
  });
}

/** Where a server that `startPostgres` started is reached. */
export function postgresUrl(port: number, password: string, database = HEADWATER): string {
  return `postgres://${HEADWATER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

function settings({ port, durable }: { port: number; durable: boolean }): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** False while our server isn't up, even if another one answers on its port; makes our database the first time. */
async function databaseIsThere(maintenanceUrl: string, dataDir: string): Promise<boolean> {
  const client = new Client({ connectionString: maintenanceUrl, ssl: false, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // a connection that breaks fails the query, too, and that is reported
  try {
    await client.connect();
    const { rows } = await client.query<{ ours: boolean; there: boolean }>(
      `select current_setting('data_directory') = $1 as ours, exists (select from pg_database where datname = $2) as there`,
      [dataDir, HEADWATER]);
    const [{ ours, there }] = rows as [{ ours: boolean; there: boolean }];
    if (!ours) return false;
    if (!there) await client.query(`create database ${HEADWATER}`);
    return true;
  } catch (error) {
    return notYet(error as Error & { code?: string }, dataDir);
  } finally {
    await client.end().catch(() => undefined); // it never connected: there is nothing to end
  }
}

function notYet(error: Error & { code?: string }, dataDir: string): false {
  if (NOT_YET.has(error.code ?? '') || /terminated|timeout/i.test(error.message)) return false;
  if (error.code === '28P01') {
    throw new EmbeddedServerError(
      `The PostgreSQL data in ${dataDir} was made with another password: bring that password back, or remove the data`);
  }
  throw error;
}
