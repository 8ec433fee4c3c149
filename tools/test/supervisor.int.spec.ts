import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning, startLoggedProcess, type LoggedProcess } from '@headwater/embedded';
import { eventually } from '@headwater/testing';
import { Supervisor, type Program } from '../launcher/supervisor';

const home = mkdtempSync(join(tmpdir(), 'headwater-supervisor-'));
const signal = new AbortController().signal;
let supervisor: Supervisor;
let started: LoggedProcess[];
let deaths: { how: string; againInMs: number }[];
let lastWords: string[];
afterEach(() => supervisor.stop());
afterAll(() => rmSync(home, { recursive: true, force: true }));

const supervise = (script: string, start = run): Supervisor => {
  started = [];
  deaths = [];
  lastWords = [];
  return new Supervisor({ name: 'script', start: () => start(script) } satisfies Program, {
    started: (_, process) => { started.push(process); },
    died: (dead, how, againInMs) => {
      deaths.push({ how, againInMs });
      lastWords = dead.lastLines(1);
    },
  });
};

const run = (script: string): Promise<LoggedProcess> => startLoggedProcess({
  name: 'script', program: process.execPath, args: ['-e', script], env: { PATH: process.env.PATH }, log: join(home, 'log'),
  stopSteps: [['SIGTERM', 1_000]],
});

test('starts again what was killed', async () => {
  supervisor = supervise('setInterval(() => 0, 1000)');
  await supervisor.start(signal);
  process.kill(started[0]!.pid, 'SIGKILL');
  const again = await eventually('it runs again', () => started[1]);
  expect(again.pid).not.toBe(started[0]!.pid);
  expect(deaths).toEqual([{ how: 'SIGKILL', againInMs: 250 }]);
});

test('pauses longer each time, while it dies of its start', async () => {
  supervisor = supervise("console.error('no database'); process.exit(3)");
  await supervisor.start(signal);
  await eventually('it died twice', () => deaths.length >= 2);
  expect(deaths.slice(0, 2)).toEqual([{ how: 'exit code 3', againInMs: 250 }, { how: 'exit code 3', againInMs: 500 }]);
  expect(supervisor.deaths).toBeGreaterThanOrEqual(2);
  expect(lastWords).toEqual(['no database']);
});

test('ends what runs, and starts nothing any more', async () => {
  supervisor = supervise('setInterval(() => 0, 1000)');
  await supervisor.start(signal);
  await supervisor.stop();
  expect(isRunning(started[0]!.identity!)).toBe(false);
  expect(started).toHaveLength(1);
});

test('ends in the pause before a new start, too', async () => {
  supervisor = supervise('process.exit(1)');
  await supervisor.start(signal);
  await eventually('it died', () => deaths.length >= 1);
  await supervisor.stop();
  const { length } = started;
  expect(started.every(({ identity }) => !identity || !isRunning(identity))).toBe(true);
  expect(started).toHaveLength(length);
});

test('tries again when a later start fails', async () => {
  let starts = 0;
  supervisor = supervise('setInterval(() => 0, 1000)', async (script) => {
    starts += 1;
    if (starts === 2) throw new Error('the port is taken');
    return run(script);
  });
  await supervisor.start(signal);
  process.kill(started[0]!.pid, 'SIGKILL');
  await eventually('it runs again', () => started[1]);
  expect(deaths.map(({ how }) => how)).toEqual(['SIGKILL', 'the port is taken']);
});

test('raises what goes wrong with the first start', async () => {
  supervisor = supervise('', async () => { throw new Error('no such program'); });
  await expect(supervisor.start(signal)).rejects.toThrow('no such program');
});
