import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWK, type KeyLike } from 'jose';
import { sameSecret, tokenVerifier, type TokenVerifier } from './tokens';

const SECRET = 'a shared secret that only tests know';
const claims = { sub: 'u-1', tenant: 'demo', roles: ['rep'] };
const sign = (alg: string, key: KeyLike | Uint8Array, more: object = {}) =>
  new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg, kid: 'k1' }).setExpirationTime('1m').sign(key);

const refusalOf = (verify: TokenVerifier, token: string) =>
  verify(token).then(() => null, (error: { body: { kind: string } }) => error.body.kind);

describe('tokens', () => {
  let issuer: Server;
  let jwksUrl: string;
  let keys: { publicKey: KeyLike; privateKey: KeyLike };

  beforeAll(async () => {
    keys = await generateKeyPair('ES256', { extractable: true });
    const jwk: JWK = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256' };
    issuer = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] })));
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/keys`;
  });
  afterAll(() => new Promise((resolve) => issuer.close(resolve)));

  it('hold when a key of the set signed them, or the shared secret', async () => {
    const verify = tokenVerifier({ secrets: () => [SECRET], jwksUrl });
    expect(await verify(await sign('ES256', keys.privateKey, { name: 'Rita' }))).toEqual({ ...claims, name: 'Rita' });
    expect(await verify(await sign('HS256', Buffer.from(SECRET)))).toEqual(claims);
  });

  it('do not hold when the public key was taken for a shared secret', async () => {
    const token = await sign('HS256', Buffer.from(await exportSPKI(keys.publicKey)));
    expect(await refusalOf(tokenVerifier({ jwksUrl }), token)).toBe('unauthenticated');
  });

  it('do not hold when another key signed them, or nothing is configured', async () => {
    const other = await generateKeyPair('ES256');
    expect(await refusalOf(tokenVerifier({ jwksUrl }), await sign('ES256', other.privateKey))).toBe('unauthenticated');
    expect(await refusalOf(tokenVerifier({}), await sign('HS256', Buffer.from(SECRET)))).toBe('unauthenticated');
  });

  it('hold with each of several secrets, and no longer with one that was taken out', async () => {
    const inUse = ['the new shared secret, in use by now', SECRET];
    const verify = tokenVerifier({ secrets: () => inUse });
    expect(await verify(await sign('HS256', Buffer.from(inUse[0])))).toEqual(claims);
    expect(await verify(await sign('HS256', Buffer.from(SECRET)))).toEqual(claims);
    inUse.pop();
    expect(await refusalOf(verify, await sign('HS256', Buffer.from(SECRET)))).toBe('unauthenticated');
  });

  it('are neither good nor bad while the key set can not be had', async () => {
    const verify = tokenVerifier({ jwksUrl: 'http://127.0.0.1:1/keys' });
    expect(await refusalOf(verify, await sign('ES256', keys.privateKey))).toBe('unavailable');
  });

  it.each([{ sub: '' }, { sub: 5 }, { tenant: ['demo'] }, { sub: 'a\u0000' }])('do not hold with %j', async (more) => {
    expect(await refusalOf(tokenVerifier({ secrets: () => [SECRET] }), await sign('HS256', Buffer.from(SECRET), more))).toBe('unauthenticated');
  });
});

describe('comparing secrets', () => {
  it('says whether they are equal', () => {
    expect([sameSecret('a', 'a'), sameSecret('a', 'b'), sameSecret('a', 'aa')]).toEqual([true, false, false]);
  });
});
