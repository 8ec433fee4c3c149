import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { freePort, identifyProcess, isRunning, type ProcessIdentity } from '@headwater/embedded';
import { eventually } from '@headwater/testing';
import { homeAt } from '../launcher/home';
import { launch, type Plan } from '../launcher/launch';
import type { RunFacts } from '../launcher/run-file';
import type { Secrets } from '../launcher/secrets';
import type { Service } from '../launcher/services';
import { Terminal } from '../launcher/terminal';

const directory = mkdtempSync(join(tmpdir(), 'headwater-launch-'));
const home = homeAt(join(directory, 'home'));
let instances: { end(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.allSettled(instances.map((instance) => instance.end()));
  instances = [];
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The least that the launcher asks of a service. */
const HEALTHY = `
  const { createServer } = require('node:http');
  createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: 'ok', environment: process.env }));
  }).listen(Number(process.env.PORT), process.env.HOST);`;

const service = (name: Service['name'], script: string): Service => {
  const main = join(directory, `${name}.js`);
  writeFileSync(main, script);
  return { name, main, isEdge: name === 'gateway' };
};

const healthy = (): Service[] => [service('gateway', HEALTHY), service('scoring', HEALTHY)];

const run = ({ services = healthy(), environment, port }: Pick<Plan, 'port'> & Partial<Plan>) => {
  const stop = new AbortController();
  const out = new PassThrough();
  const ended = launch({
    home, port, services, demo: undefined, environment: { PATH: process.env.PATH, ...environment }, terminal: new Terminal(out),
  }, { stop: stop.signal, kill: new AbortController().signal });
  ended.catch(() => undefined); // each test awaits it in its own time
  const instance = { ended, end: async () => { stop.abort(); await ended; }, output: () => String(out.read() ?? '') };
  instances.push(instance);
  return instance;
};

const facts = (): RunFacts => JSON.parse(readFileSync(home.run, 'utf8')) as RunFacts;
const identities = ({ pids: { launcher: _, ...pids } }: RunFacts): ProcessIdentity[] =>
  Object.values(pids).map((pid) => identifyProcess(pid)!);

test('brings everything up, keeps it up, and leaves nothing running', async () => {
  const port = await freePort();
  const instance = run({ port });
  await eventually('it is ready', () => existsSync(home.run), { timeoutMs: 25_000 });

  const first = facts();
  expect(first).toMatchObject({ url: `http://127.0.0.1:${port}`, api_key: null, tenant: null, ports: { gateway: port } });
  expect(Object.keys(first.pids).sort()).toEqual(['gateway', 'launcher', 'nats', 'postgres', 'scoring']);
  expect(statSync(home.run).mode & 0o777).toBe(0o600);

  await expect(run({ port: await freePort() }).ended).rejects.toThrow(`already running at http://127.0.0.1:${port}`);

  for (const name of ['scoring', 'nats', 'postgres']) {
    process.kill(first.pids[name]!, 'SIGKILL');
    await eventually(`${name} runs again and run.json knows`, () => ![undefined, first.pids[name]].includes(facts().pids[name]));
  }
  expect(facts().ports).toEqual(first.ports);

  const processes = identities(facts());
  await instance.end();
  expect(processes.filter(isRunning)).toEqual([]);
  expect(existsSync(home.run)).toBe(false);
  expect(instance.output()).toContain('! postgres ended (SIGKILL)');
});

test("gives each service credentials of its own and nobody else's, and only the edge the secrets", async () => {
  const instance = run({ port: await freePort() });
  await eventually('it is ready', () => existsSync(home.run), { timeoutMs: 25_000 });
  const { ports } = facts();
  const environmentOf = async (name: string) => {
    const answer = await fetch(`http://127.0.0.1:${ports[name]}/`);
    return (await answer.json() as { environment: Record<string, string> }).environment;
  };

  expect(await environmentOf('scoring')).toMatchObject({
    MIGRATE_ON_START: 'true', LOG_LEVEL: 'warn', HOST: '127.0.0.1',
  });
  const { DATABASE_URL, NATS_URL, ...others } = await environmentOf('scoring');
  const { database_passwords, nats_passwords, postgres_password } = JSON.parse(readFileSync(home.secrets, 'utf8')) as Secrets;
  expect(DATABASE_URL).toBe(`postgres://headwater_scoring:${database_passwords.scoring}@127.0.0.1:${ports.postgres}/headwater`);
  expect(NATS_URL).toBe(`nats://scoring:${nats_passwords.scoring}@127.0.0.1:${ports.nats}`);
  const foreign = [postgres_password, nats_passwords.admin, nats_passwords.consumer, database_passwords.gateway, nats_passwords.gateway];
  expect(foreign.filter((password) => JSON.stringify(others).includes(password))).toEqual([]);
  expect(Object.keys(await environmentOf('scoring'))).not.toContain('JWT_SECRET');
  expect(Object.keys(await environmentOf('gateway'))).toEqual(expect.arrayContaining(['JWT_SECRET', 'OPERATOR_TOKEN']));
  await instance.end();
});

test('gives up on a service that keeps dying, with what its log says', async () => {
  const doomed = service('scoring', "console.error('DATABASE_POOL: must be a number'); process.exit(1)");
  const instance = run({ port: await freePort(), services: [service('gateway', HEALTHY), doomed] });
  await expect(instance.ended).rejects.toThrow(/^The service scoring ended [3-9] times [^]*DATABASE_POOL: must be a number$/);
  expect(existsSync(home.processes)).toBe(false);
});

test('can be stopped while it starts', async () => {
  const slow = service('scoring', 'setInterval(() => 0, 1000)');
  const instance = run({ port: await freePort(), services: [slow] });
  const recorded = (): Record<string, ProcessIdentity> =>
    (existsSync(home.processes) ? JSON.parse(readFileSync(home.processes, 'utf8')) : {}) as Record<string, ProcessIdentity>;
  const scoring = await eventually('it starts its services', () => recorded().scoring);
  await instance.end();
  expect(isRunning(scoring)).toBe(false);
});

test('names a port that is taken', async () => {
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  await expect(run({ port }).ended).rejects.toThrow(`Port ${port} is taken by another program: choose another with --port N`);
  other.close();
});

test.each([
  [
    'DATABASE_URL', 'postgres://somebody:secret@127.0.0.1:1/x',
    "DATABASE_URL: PostgreSQL at 127.0.0.1:1 can't be used: connect ECONNREFUSED 127.0.0.1:1",
  ],
  ['DATABASE_URL', 'secret', 'DATABASE_URL: it is no URL of the form postgres://host:port/…'],
  ['NATS_URL', 'nats://somebody:secret@127.0.0.1:1', "NATS_URL: nats-server at 127.0.0.1:1 can't be used: connection refused"],
])('says what is wrong with %s without the password in it', async (variable, value, sentence) => {
  await expect(run({ port: await freePort(), environment: { [variable]: value } }).ended).rejects.toThrow(sentence);
});
