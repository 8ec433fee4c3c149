import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning, startLoggedProcess, type LoggedProcess } from '@headwater/embedded';
import { ProcessRecord, stopOrphans } from '../launcher/process-record';

const home = mkdtempSync(join(tmpdir(), 'headwater-orphans-'));
const path = join(home, 'processes.json');
const started: LoggedProcess[] = [];
afterAll(async () => {
  await Promise.all(started.map((process) => process.stop()));
  rmSync(home, { recursive: true, force: true });
});

const sleeper = async (): Promise<LoggedProcess> => {
  const process = await startLoggedProcess({
    name: 'sleeper', program: 'sleep', args: ['60'], env: {}, log: join(home, 'log'), stopSteps: [['SIGTERM', 1_000]],
  });
  started.push(process);
  return process;
};

test('what a killed launcher recorded is stopped, what only has the same pid is left alone', async () => {
  const [orphan, database, stranger] = [await sleeper(), await sleeper(), await sleeper()];
  const record = new ProcessRecord(path);
  record.add('scoring', orphan.identity!);
  record.add('postgres', database.identity!);
  record.add('intake', { pid: stranger.pid, started: 'long ago' });

  expect(await stopOrphans(path)).toEqual(['scoring', 'postgres']);

  expect([orphan, database, stranger].map(({ identity }) => isRunning(identity!))).toEqual([false, false, true]);
  expect(await database.exited).toBe('SIGINT');
  expect(existsSync(path)).toBe(false);
});

test('nothing is stopped where nothing was recorded', async () => {
  expect(await stopOrphans(path)).toEqual([]);
});

test('the record knows the present pids, and kills at once when told to', async () => {
  const [first, second] = [await sleeper(), await sleeper()];
  let changes = 0;
  const record = new ProcessRecord(path, () => { changes += 1; });
  record.add('scoring', first.identity!);
  record.add('routing', second.identity!);
  record.remove('routing');
  expect(record.pids()).toEqual({ scoring: first.pid });
  expect(changes).toBe(3);

  record.kill();
  expect(await first.exited).toBe('SIGKILL');
  expect(isRunning(second.identity!)).toBe(true);
});
