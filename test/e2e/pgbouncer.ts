import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';
import {
  freePort, programFromDebian, publicCacheDirectory, startServer, unprivilegedUser, type RunningServer,
} from '../../libs/embedded/src';

const DEBIAN = { package: 'pgbouncer', path: 'usr/sbin/pgbouncer', libraries: ['libc-ares2', 'libevent-2.1-7'] };
const DIRECTORIES = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/sbin'];
const FETCH_TIMEOUT_MS = 120_000;
const START_TIMEOUT_MS = 20_000;
const DEPLOY = join(__dirname, '../../deploy/pgbouncer');
const PASSWORD = 'only-here';

interface Pool { user: string; pool_mode: string }

/**
 * Puts pgbouncer, as deploy/pgbouncer configures it, in front of a PostgreSQL. The administrator alone gets sessions: it makes
 * roles, for which the page sends one to PostgreSQL itself.
 * @param postgres URL of its superuser
 * @param directory for its files, which another user than root can enter
 * @throws when there is no pgbouncer to be had, with what to do
 */
export async function startPgbouncer(postgres: string, directory: string): Promise<RunningServer> {
  const { program, libraries } = await findPgbouncer();
  await makeLookup(postgres);
  const port = await freePort();
  const url = new URL(postgres);
  url.port = String(port);
  const user = unprivilegedUser(directory);
  const configuration = join(directory, 'pgbouncer.ini');
  const users = join(directory, 'userlist.txt');
  writeFileSync(users, `"pgbouncer" "${PASSWORD}"\n"headwater" "${decodeURIComponent(url.password)}"\n`, { mode: 0o600 });
  writeFileSync(configuration, `${readFileSync(join(DEPLOY, 'pgbouncer.ini'), 'utf8')}
auth_file = ${users}
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
admin_users = headwater
[databases]
headwater = host=127.0.0.1 port=${new URL(postgres).port} dbname=headwater
[users]
headwater = pool_mode=session
`);
  if (user) for (const path of [directory, users, configuration]) chownSync(path, user.uid, user.gid);
  return startServer({
    name: 'pgbouncer', program, args: [configuration], log: join(directory, 'pgbouncer.log'), user, url: url.href, port,
    env: { PATH: process.env.PATH, LD_LIBRARY_PATH: libraries }, timeoutMs: START_TIMEOUT_MS, stopSteps: [['SIGTERM', 5_000]],
    accepts: () => inDatabase(url.href, (client) => client.query('select 1')).then(() => true, () => false),
  });
}

/** The services that pgbouncer gives connections to for a transaction at a time. */
export async function pooledServices(pgbouncer: string): Promise<string[]> {
  const url = new URL(pgbouncer);
  url.pathname = '/pgbouncer';
  const { rows } = await inDatabase(url.href, (client) => client.query<Pool>('show pools'));
  return rows.filter(({ user, pool_mode }) => user.startsWith('headwater_') && pool_mode === 'transaction')
    .map(({ user }) => user.slice('headwater_'.length));
}

async function makeLookup(postgres: string): Promise<void> {
  await inDatabase(postgres, async (client) => {
    await client.query(readFileSync(join(DEPLOY, 'auth.sql'), 'utf8'));
    await client.query(`alter role pgbouncer password '${PASSWORD}'`);
  });
}

async function inDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // a connection that breaks fails the query, too, and that is reported
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined); // it never connected: there is nothing to end
  }
}

/** From the system, else fetched before, else fetched now from Debian, with the libraries that it needs. */
async function findPgbouncer(): Promise<{ program: string; libraries: string }> {
  const installed = DIRECTORIES.map((directory) => join(directory, 'pgbouncer')).find((path) => existsSync(path));
  if (installed) return { program: installed, libraries: '' };
  const cached = join(publicCacheDirectory(), 'pgbouncer');
  if (!existsSync(cached)) await fetchTo(cached);
  const platform = readdirSync(join(cached, 'usr/lib')).find((name) => name.endsWith('-linux-gnu')) ?? '';
  return { program: join(cached, DEBIAN.path), libraries: join(cached, 'usr/lib', platform) };
}

async function fetchTo(place: string): Promise<void> {
  const workshop = mkdtempSync(`${place}.`);
  try {
    await programFromDebian(DEBIAN, workshop, AbortSignal.timeout(FETCH_TIMEOUT_MS));
    const unpacked = join(workshop, 'package');
    chmodSync(unpacked, 0o755);
    renameSync(unpacked, place);
  } catch (error) {
    if (existsSync(place)) return; // another run was quicker
    const what = "There is no pgbouncer, and Debian's package can't be fetched: install it (apt-get install pgbouncer)";
    throw new Error(what, { cause: error });
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}
