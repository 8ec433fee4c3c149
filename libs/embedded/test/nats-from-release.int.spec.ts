import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { natsFromRelease } from '../src/nats-from-release';

const workshop = mkdtempSync(join(tmpdir(), 'headwater-release-'));
let mirror: Server;
let releases: string;

beforeAll(async () => {
  mirror = createServer((request, response) => {
    response.statusCode = request.url?.includes('/gone/') ? 404 : 200;
    response.end('not what was released');
  }).listen(0, '127.0.0.1');
  await once(mirror, 'listening');
  releases = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
});
afterAll(() => {
  mirror.close();
  rmSync(workshop, { recursive: true, force: true });
});

test('unpacks nothing that has another sum than the release', async () => {
  await expect(natsFromRelease(workshop, undefined, releases)).rejects.toThrow(/has the SHA-256 [0-9a-f]{64}, not [0-9a-f]{64}/);
  expect(readdirSync(workshop)).toEqual([]);
});

test('says what the mirror answered', async () => {
  await expect(natsFromRelease(workshop, undefined, `${releases}/gone`)).rejects.toThrow(/answered 404/);
});
