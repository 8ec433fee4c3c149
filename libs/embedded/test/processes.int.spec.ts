import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identifyProcess, isRunning, signalProcess, startLoggedProcess } from '../src';
import { eventually } from '@headwater/testing';

const home = mkdtempSync(join(tmpdir(), 'headwater-processes-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const start = (script: string, graceMs = 10_000) => startLoggedProcess({
  name: 'script', program: process.execPath, args: ['-e', script], env: { PATH: process.env.PATH }, log: join(home, 'log'),
  stopSteps: [['SIGTERM', graceMs]],
});

test('a process is known by its start, so that a pid with a new owner is not it', () => {
  const self = identifyProcess(process.pid)!;
  expect(isRunning(self)).toBe(true);
  const former = { pid: process.pid, started: 'long ago' };
  expect(isRunning(former)).toBe(false);
  expect(signalProcess(former, 'SIGKILL')).toBe(false);
});

test('one that has ended is not running, though nobody has taken note of it', async () => {
  const child = spawn('true');
  const identity = identifyProcess(child.pid!);
  await once(child, 'exit');
  expect(identity && isRunning(identity)).toBeFalsy();
});

test('is stopped gracefully', async () => {
  const polite = await start("process.on('SIGTERM', () => process.exit(7)); setInterval(() => 0, 1000); console.log('up')");
  await eventually('it listens for signals', () => polite.lastLines(1)[0] === 'up');
  await polite.stop();
  expect(await polite.exited).toBe('exit code 7');
});

test('is killed when it does not listen, and stopping it again does nothing', async () => {
  const deaf = await start("process.on('SIGTERM', () => 0); setInterval(() => 0, 1000); console.log('deaf')", 200);
  await eventually('it is deaf', () => deaf.lastLines(1)[0] === 'deaf');
  await deaf.stop();
  expect(await deaf.exited).toBe('SIGKILL');
  await deaf.stop();
});

test('tells its own last lines, not those of an earlier one in the same log', async () => {
  const { exited, lastLines } = await start("console.log('one\\ntwo\\nthree')");
  await exited;
  expect(lastLines(2)).toEqual(['two', 'three']);
  expect(lastLines(10)).toEqual(['one', 'two', 'three']);
});

test('ends with whoever started it and went without stopping it', async () => {
  const { exited } = await start('setInterval(() => 0, 1000)');
  process.emit('exit', 0);
  expect(await exited).toBe('SIGTERM');
});
