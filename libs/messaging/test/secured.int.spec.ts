import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { freePort } from '@headwater/embedded';
import { migrateService, natsVariables, parseEnvironment, startService, Tracing, type Environment } from '@headwater/platform';
import { certificateAuthority, eventually, type Authority, type KeyPair } from '@headwater/testing';
import { Requester } from '../src';
import { ledger, Write } from './ledger-service';
import { SecuredNats, SecuredPostgres } from './secured-servers';

const HOST = '127.0.0.1'; // what the certificates are for: "localhost" is another host

let directory: string;
let postgres: SecuredPostgres;
let nats: SecuredNats;
let authority: Authority;
let stranger: Authority;
let served: KeyPair;
let ours: KeyPair;
let service: NestFastifyApplication | undefined;
let requester: Requester | undefined;

const put = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, `${text}\n`);
  return path;
};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'headwater-secured-'));
  [authority, stranger] = await Promise.all([certificateAuthority('trusted'), certificateAuthority('stranger')]);
  served = await authority.issue('server', { hosts: [HOST] });
  ours = await authority.issue('routing_by_certificate');
  [postgres, nats] = await Promise.all([
    SecuredPostgres.start(directory, served, authority.ca), SecuredNats.start(directory, served, authority.ca, { routing: 'first', tester: 'tests' }),
  ]);
  for (const role of ['routing', 'routing_by_certificate']) {
    await postgres.query(`create role ${role} login password 'first'`);
    await postgres.query(`alter role ${role} set search_path = routing`);
  }
  await postgres.query('create schema routing authorization routing');
  await migrateService(ledger, { DATABASE_URL: `postgres://routing:first@${HOST}:${postgres.port}/headwater`, DATABASE_CA: authority.ca });
  await postgres.query('grant usage on schema routing to routing_by_certificate');
  await postgres.query('grant all on all tables in schema routing to routing_by_certificate');
}, 60_000);

afterEach(async () => {
  await requester?.onApplicationShutdown();
  await service?.close();
  service = requester = undefined;
});

afterAll(async () => {
  await Promise.all([postgres?.stop(), nats?.stop()]);
  rmSync(directory, { recursive: true, force: true });
});

/** A service that is let in, with all that may rotate in files. */
async function environment(): Promise<Record<string, string>> {
  return {
    DATABASE_URL: `postgres://routing@${HOST}:${postgres.port}/headwater`,
    DATABASE_PASSWORD_FILE: put('database-password', 'first'),
    DATABASE_CA_FILE: put('database-ca.pem', authority.ca),
    NATS_URL: `nats://${HOST}:${nats.port}`,
    NATS_USER: 'routing',
    NATS_PASSWORD_FILE: put('nats-password', 'first'),
    NATS_CA_FILE: put('nats-ca.pem', authority.ca),
    PORT: String(await freePort()), LOG_LEVEL: 'silent',
  };
}

async function start(changes: Environment = {}): Promise<void> {
  service = await startService(ledger, { ...await environment(), ...changes });
  const { NATS_URL } = await environment();
  requester = new Requester(parseEnvironment({ NATS_URL, NATS_USER: 'tester', NATS_PASSWORD: 'tests', NATS_CA: authority.ca }, natsVariables), 'tester', Tracing.off);
  await requester.onModuleInit();
}

const works = async (): Promise<boolean> => Boolean(await requester?.ask(Write, { signal_id: 'here' }));
/** Connections last: that there is a new one, and it is let in, is seen when it works again after all were cut. */
const worksAgain = () => eventually('the service works again', works, { timeoutMs: 15_000 });

const sentenceOf = (attempt: Promise<unknown>): Promise<string> => attempt.then(() => 'it succeeded', (error: Error) => error.message);

describe('a service that is let in', () => {
  it('does its work over TLS', async () => {
    await start();
    expect(await works()).toBe(true);
    expect(await postgres.query(`select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where usename = 'routing'`)).toEqual([{ ssl: true }]);
  });

  it('may show a certificate in place of a password', async () => {
    await start({
      DATABASE_URL: `postgres://routing_by_certificate@${HOST}:${postgres.port}/headwater`, DATABASE_PASSWORD_FILE: undefined,
      DATABASE_CERT: ours.cert, DATABASE_KEY_FILE: put('our-key.pem', ours.key),
    });
    expect(await works()).toBe(true);
  });
});

describe('a start', () => {
  const place = (port: number) => `${HOST}:${port}`;

  it.each<[string, () => Environment, RegExp]>([
    ['a wrong password', () => ({ DATABASE_PASSWORD: 'hunter2', DATABASE_PASSWORD_FILE: undefined }),
      /password authentication failed for user "routing": see DATABASE_PASSWORD/],
    ['an unknown CA', () => ({ DATABASE_CA: stranger.ca, DATABASE_CA_FILE: undefined }), /its certificate is of a CA that DATABASE_CA does not hold/],
    ['another host', () => ({ DATABASE_URL: `postgres://routing@localhost:${postgres.port}/headwater` }), /its certificate is not for localhost, but for IP Address:127.0.0.1$/],
    ['a key of another certificate', () => ({ DATABASE_CERT: ours.cert, DATABASE_KEY: served.key }), /DATABASE_KEY is not the key of DATABASE_CERT/],
  ])('and a migration end in one sentence at %s of PostgreSQL', async (_, changes, reason) => {
    const env = { ...await environment(), ...changes() };
    for (const attempt of [startService, migrateService]) {
      const sentence = await sentenceOf(attempt(ledger, env));
      expect(sentence).toMatch(/^PostgreSQL at (127.0.0.1|localhost):\d+\/headwater can't be used: [^\n]+$/);
      expect(sentence).toMatch(reason);
      expect(sentence).not.toMatch(/hunter2/);
    }
  });

  it.each<[string, () => Environment, RegExp]>([
    ['a wrong password', () => ({ NATS_PASSWORD: 'hunter2', NATS_PASSWORD_FILE: undefined }), /it refuses our user or password: see NATS_USER and NATS_PASSWORD/],
    ['an unknown CA', () => ({ NATS_CA: stranger.ca, NATS_CA_FILE: undefined }), /its certificate is of a CA that NATS_CA does not hold/],
    ['another host', () => ({ NATS_URL: `nats://localhost:${nats.port}` }), /its certificate is not for localhost, but for IP Address:127.0.0.1$/],
  ])('ends in one sentence at %s of NATS', async (_, changes, reason) => {
    const sentence = await sentenceOf(startService(ledger, { ...await environment(), ...changes() }));
    expect(sentence).toMatch(/^NATS at (127.0.0.1|localhost):\d+ can't be used: [^\n]+$/);
    expect(sentence).toMatch(reason);
    expect(sentence).not.toMatch(/hunter2/);
  });

  it('ends in one sentence when a certificate has expired', async () => {
    const expired = await authority.issue('server', { hosts: [HOST], expired: true });
    await Promise.all([postgres.serve(expired), nats.serve(expired)]);
    expect(await sentenceOf(migrateService(ledger, await environment())))
      .toBe(`PostgreSQL at ${place(postgres.port)}/headwater can't be used: its certificate has expired`);
    await postgres.serve(served);
    expect(await sentenceOf(startService(ledger, await environment()))).toBe(`NATS at ${place(nats.port)} can't be used: its certificate has expired`);
    await nats.serve(served);
  });
});

const REFUSED = /^NATS at 127.0.0.1:\d+: it refuses our user or password: see NATS_USER/;

/** What is logged from now on. */
function listenToTheLog(): string[] {
  const said: string[] = [];
  const hear = (sentence: unknown) => { said.push(String(sentence)); };
  Logger.overrideLogger({ log: hear, warn: hear, error: hear });
  return said;
}

describe('while a service runs', () => {
  it("PostgreSQL's password is changed: the old one is refused, and the service goes on with what its file holds", async () => {
    await start();
    await postgres.query(`alter role routing password 'second'`);
    await postgres.cutOff('routing');
    expect(await sentenceOf(works())).not.toBe('it succeeded');
    put('database-password', 'second');
    await worksAgain();
    await postgres.query(`alter role routing password 'first'`);
  });

  it('both get certificates of another CA: the service comes back with what its files hold of CAs', async () => {
    await start();
    const pair = await stranger.issue('server', { hosts: [HOST] });
    await Promise.all([postgres.serve(pair), nats.serve(pair)]);
    await postgres.cutOff('routing');
    const said = listenToTheLog();
    await nats.permit({ routing: 'second', tester: 'tests' }); // which cuts it off
    put('nats-password', 'second');
    await eventually('it has said what is wrong', () => said.some((sentence) => /^NATS at .*: its certificate is of a CA that NATS_CA/.test(sentence)));
    const both = `${authority.ca}\n${stranger.ca}`;
    put('database-ca.pem', both);
    put('nats-ca.pem', both);
    await worksAgain();
    await Promise.all([postgres.serve(served), nats.serve(served)]);
    await nats.permit({ routing: 'first', tester: 'tests' });
  });

  it("NATS' password is changed: the old one is refused, and every connection comes back with what the file holds", async () => {
    await start();
    const said = listenToTheLog();
    await nats.permit({ routing: 'second', tester: 'tests' });
    expect(await sentenceOf(works())).not.toBe('it succeeded');
    await eventually('each of its three connections has said why', () => said.filter((sentence) => REFUSED.test(sentence)).length === 3);
    put('nats-password', 'second');
    await worksAgain();
    expect(said.filter((sentence) => REFUSED.test(sentence))).toHaveLength(3);
    expect(said.join()).not.toMatch(/first|second/);
    await nats.permit({ routing: 'first', tester: 'tests' });
  });
});
