import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  checkPostgres, claimPort, EmbeddedServerError, freePort, startPostgres, type PostgresOptions, type RunningServer,
} from '../src';
import { eventually } from '@headwater/testing';

const home = mkdtempSync(join(tmpdir(), 'headwater-postgres-'));
const options: PostgresOptions = {
  dataDir: join(home, 'postgres'), password: 'sécret / & more', log: join(home, 'logs', 'postgres.log'), durable: false,
};
let server: RunningServer;

const query = async <Row>(sql: string): Promise<Row[]> => {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows as Row[];
};

beforeAll(async () => { server = await startPostgres(options); });
afterAll(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

test('runs as whoever starts it, root or not, and takes only whoever has the password', async () => {
  expect(await query('select current_database() as database')).toEqual([{ database: 'headwater' }]);
  await expect(checkPostgres(server.url.replace(/:[^:@/]+@/, ':wrong@'))).rejects.toThrow(/password authentication failed/);
});

test('keeps its data where it is told to, though mkdtemp closes the directory above to everybody else', () => {
  expect(lstatSync(options.dataDir).isDirectory()).toBe(true);
});

test('knows letters beyond ASCII', async () => {
  await query('create extension if not exists pg_trgm');
  const [row] = await query<{ lower: string; whole: boolean }>(
    "select lower('MÜLLER'), similarity('Müller', 'müller') = 1 as whole");
  expect(row).toEqual({ lower: 'müller', whole: true });
});

test('keeps its data and its port when it is killed', async () => {
  await query("create table kept as select 'here' as it_is");
  process.kill(server.pid, 'SIGKILL');
  expect(await server.exited).toBe('SIGKILL');

  server = await startPostgres({ ...options, port: server.port });
  expect(await query('select it_is from kept')).toEqual([{ it_is: 'here' }]);
});

test('stops a server that still runs on the data from before', async () => {
  const orphan = server;
  server = await startPostgres(options);

  expect(await orphan.exited).toBe('exit code 0');
  expect(await query('select it_is from kept')).toEqual([{ it_is: 'here' }]);
});

test('is not kept from starting by a pid file that names a stranger', async () => {
  await server.stop();
  writeFileSync(join(options.dataDir, 'postmaster.pid'), `${process.pid}\n${options.dataDir}\n`);
  server = await startPostgres(options);
  expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('says in one sentence that the data has another password, and leaves nothing running', async () => {
  await server.stop();
  await expect(startPostgres({ ...options, password: 'another' })).rejects.toThrow(/was made with another password/);
  server = await startPostgres(options);
});

test('refuses a directory with something else in it', async () => {
  const dataDir = join(home, 'photos');
  await mkdir(dataDir);
  writeFileSync(join(dataDir, 'cat.jpg'), '');
  await expect(startPostgres({ ...options, dataDir })).rejects.toThrow(EmbeddedServerError);
  expect(readdirSync(dataDir)).toEqual(['cat.jpg']);
});

test('refuses data of another major version', async () => {
  const dataDir = join(home, 'older');
  await mkdir(dataDir);
  writeFileSync(join(dataDir, 'PG_VERSION'), '12\n');
  await expect(startPostgres({ ...options, dataDir })).rejects.toThrow(/was written by PostgreSQL 12 and can't be opened by/);
});

test('says what the log says when it ends while starting', async () => {
  const refused = startPostgres({ ...options, dataDir: join(home, 'second'), port: server.port });
  await expect(refused).rejects.toThrow(/^PostgreSQL ended while starting .*could not create any TCP\/IP sockets/);
});

test('leaves no half-made data behind when it is interrupted', async () => {
  const interruption = new AbortController();
  const dataDir = join(home, 'interrupted');
  const onProgress = (): void => interruption.abort(new Error('Ctrl-C'));
  const start = startPostgres({ ...options, dataDir, onProgress, signal: interruption.signal });
  await expect(start).rejects.toThrow('Ctrl-C');
  expect(readdirSync(home)).not.toContain('interrupted');
});

test('hands out ports that nobody listens on, each once', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
  expect(new Set(ports).size).toBe(20);
});

test("doesn't hand out a port that was claimed, though nobody listens on it yet", async () => {
  let next = await freePort() + 1;
  while (!await claimPort(next)) next = await freePort() + 1;
  expect(await Promise.all(Array.from({ length: 12 }, () => freePort()))).not.toContain(next);
});

test('appends its output to the log', async () => {
  await eventually('the log has a line on it', () => readFileSync(options.log, 'utf8').includes('ready to accept connections'));
});
