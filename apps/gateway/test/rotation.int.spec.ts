import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, startCell, type Cell } from '@headwater/testing';
import { gateway } from '../src/gateway.module';
import { client, jwt, JWT_SECRET, OPERATOR_TOKEN, type Send } from './http';

const NEW_SECRET = 'the secret that the provider signs with now';
const NEW_TOKEN = 'the-token-that-the-operator-has-from-now-on';
const TENANT = '/api/v1/admin/tenants/demo';

let cell: Cell;
let send: Send;
let directory: string;
const put = (name: string, text: string) => writeFileSync(join(directory, name), text);
const statusWith = async (token: string) => (await send('GET', TENANT, { token })).status;
const signedWith = (secret: string) => jwt({ roles: ['admin'] }, { secret });

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'headwater-rotation-'));
  put('jwt', `${JWT_SECRET}\n`);
  put('operator', OPERATOR_TOKEN);
  cell = await startCell({ services: [] });
  await cell.add(gateway, { JWT_SECRET_FILE: join(directory, 'jwt'), OPERATOR_TOKEN_FILE: join(directory, 'operator') });
  send = client(cell.url('gateway'), OPERATOR_TOKEN);
  await send('POST', '/api/v1/admin/tenants', { body: { id: 'demo' } });
});
afterAll(async () => {
  await cell?.stop();
  rmSync(directory, { recursive: true });
});

it('takes tokens of the new and the old secret while both stand in the file, and then of the new one only', async () => {
  expect([await statusWith(await signedWith(JWT_SECRET)), await statusWith(await signedWith(NEW_SECRET))]).toEqual([200, 401]);
  put('jwt', `${NEW_SECRET}\n${JWT_SECRET}\n`);
  await eventually('a token of the new secret holds', async () => await statusWith(await signedWith(NEW_SECRET)) === 200);
  expect(await statusWith(await signedWith(JWT_SECRET))).toBe(200);
  put('jwt', `${NEW_SECRET}\n`);
  await eventually('a token of the old secret holds no more', async () => await statusWith(await signedWith(JWT_SECRET)) === 401);
  expect(await statusWith(await signedWith(NEW_SECRET))).toBe(200);
});

it("takes the operator's new token, and the old one no more", async () => {
  expect([await statusWith(OPERATOR_TOKEN), await statusWith(NEW_TOKEN)]).toEqual([200, 401]);
  put('operator', NEW_TOKEN);
  await eventually('the new token is taken', async () => await statusWith(NEW_TOKEN) === 200);
  expect(await statusWith(OPERATOR_TOKEN)).toBe(401);
});
