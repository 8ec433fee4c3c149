import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '../launcher/lock';

const home = mkdtempSync(join(tmpdir(), 'headwater-lock-'));
const path = join(home, 'run.lock');
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('is held by one, and tells the other where that one answers', () => {
  const release = takeLock(path, 'http://127.0.0.1:8080');
  expect(() => takeLock(path, 'http://127.0.0.1:8081')).toThrow(
    new RegExp(`^Headwater is already running at http://127.0.0.1:8080 \\(process ${process.pid}\\)`));
  release();
  takeLock(path, 'http://127.0.0.1:8081')();
});

test.each([
  ['ended', { pid: 2 ** 22 - 1, started: '1' }],
  ['lives on as a number that another process has now', { pid: process.pid, started: 'long ago' }],
])('of a holder that %s, it is taken over', (_, former) => {
  writeFileSync(path, JSON.stringify({ ...former, url: 'http://127.0.0.1:8080' }));
  const release = takeLock(path, 'http://127.0.0.1:8082');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid, url: 'http://127.0.0.1:8082' });
  expect(readdirSync(home)).toEqual(['run.lock']);
  release();
});
