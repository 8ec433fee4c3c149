import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SERVICES } from '../../libs/contracts/src';
import { isOlder, NATS_USERS, natsBinary } from '../../libs/embedded/src';

const NATS = join(__dirname, '../../deploy/nats');
const directory = mkdtempSync(join(tmpdir(), 'headwater-nats-conf-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Debian's server is older than the one that it is for, and refuses to wait for the disk. */
test("production's nats-server.conf is one that nats-server takes, and asks for each password", async () => {
  const { path, version } = await natsBinary({ onProgress: () => undefined });
  cpSync(NATS, directory, { recursive: true });
  const file = join(directory, 'nats-server.conf');
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(/^ {2}sync_interval: always$/m);
  if (isOlder(version, [2, 10])) writeFileSync(file, text.replace(/^ *sync_interval.*$/m, ''));

  const check = (env: NodeJS.ProcessEnv) => promisify(execFile)(path, ['-t', '--config', file], { env });
  const passwords = Object.fromEntries([...SERVICES, ...NATS_USERS].map((user) => [`NATS_${user.toUpperCase()}_PASSWORD`, '"secret"']));
  expect((await check(passwords)).stderr).toContain('is valid');
  for (const name of Object.keys(passwords)) {
    await expect(check({ ...passwords, [name]: undefined })).rejects.toMatchObject({ stderr: expect.stringContaining(name) });
  }
});
