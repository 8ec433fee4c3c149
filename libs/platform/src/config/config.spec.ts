import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import { databaseVariables, natsVariables, parseEnvironment, serviceVariables, type Environment } from './config';

const good = { DATABASE_URL: 'postgres://a:b@127.0.0.1:5432/x', NATS_URL: 'nats://127.0.0.1:4222', PORT: '8080' };

describe('parseEnvironment', () => {
  it('gives one typed object, with defaults', () => {
    expect(parseEnvironment(good, serviceVariables)).toMatchObject({ PORT: 8080, DATABASE_POOL: 4, MIGRATE_ON_START: false, CONSUME_ON_START: true, LOG_LEVEL: 'info' });
  });

  it('names every variable that is missing or wrong, and what it expects', () => {
    const parse = () => parseEnvironment({ ...good, DATABASE_URL: undefined, PORT: 'eighty' }, serviceVariables);
    expect(parse).toThrow(/DATABASE_URL is missing \(PostgreSQL, as postgres:\/\//);
    expect(parse).toThrow(/PORT: .*eighty/);
  });

  it('can be looked at like any object', () => {
    const config = parseEnvironment(good, serviceVariables) as Record<string, unknown>;
    expect(config.onModuleInit).toBeUndefined();
  });

  it.each<[string, Environment, RegExp]>([
    ['no URL', { DATABASE_URL: 'hunter2' }, /^DATABASE_URL: is no URL of PostgreSQL \(PostgreSQL, as/],
    ['a URL of something else', { DATABASE_URL: 'https://hunter2@host/x' }, /^DATABASE_URL: is no URL of PostgreSQL/],
    ['no URL among several', { NATS_URL: 'nats://a:1,hunter2' }, /^NATS_URL: is no URL of NATS/],
    ['an empty text', { DATABASE_PASSWORD: '' }, /^DATABASE_PASSWORD: is empty/],
    ['no certificate', { NATS_CA: '-----BEGIN CERTIFICATE-----hunter2-----END CERTIFICATE-----' }, /^NATS_CA: holds no certificate in PEM/],
    ['no key', { DATABASE_KEY: 'hunter2' }, /DATABASE_KEY: holds no private key/],
    ['no credentials', { NATS_CREDS: 'hunter2' }, /^NATS_CREDS: holds no credentials/],
    ['a user without password', { NATS_USER: 'intake' }, /^NATS_PASSWORD is missing \(password of NATS_USER\)/],
    ['a password without user', { NATS_PASSWORD: 'hunter2' }, /^NATS_USER is missing/],
  ])('refuses %s, without repeating it', (_, wrong, sentence) => {
    const parse = () => parseEnvironment({ ...good, ...wrong }, serviceVariables);
    expect(parse).toThrow(sentence);
    expect(parse).not.toThrow(/hunter2/);
  });

  it('gives what no log shows', () => {
    const config = parseEnvironment({ ...good, DATABASE_PASSWORD: 'hunter2' }, serviceVariables);
    expect(config.DATABASE_PASSWORD?.read()).toBe('hunter2');
    expect([JSON.stringify(config), inspect(config, { depth: 9, showHidden: true }), `${config.DATABASE_PASSWORD}`].join()).not.toMatch(/hunter2|a:b@/);
  });
});

describe('what stands in files', () => {
  let directory: string;
  const path = (name: string) => join(directory, name);
  const file = (name: string, text: string) => {
    writeFileSync(path(name), text);
    return path(name);
  };

  beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'headwater-config-')); });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('is read without its last line break', () => {
    const { DATABASE_URL } = parseEnvironment({ DATABASE_URL_FILE: file('url', `${good.DATABASE_URL}\n`) }, databaseVariables);
    expect(DATABASE_URL.read()).toBe(good.DATABASE_URL);
  });

  it('is refused beside the variable itself, with both names', () => {
    const parse = () => parseEnvironment({ ...good, NATS_URL_FILE: file('url', good.NATS_URL) }, natsVariables);
    expect(parse).toThrow(/^NATS_URL and NATS_URL_FILE are both given: leave one out$/);
  });

  it('is refused by the name of the variable and the path when it is not there, not readable, empty, or not what is expected', () => {
    const refusal = (text: string) => {
      try {
        parseEnvironment({ ...good, DATABASE_URL: undefined, DATABASE_URL_FILE: text }, serviceVariables);
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(refusal(path('nowhere'))).toMatch(`DATABASE_URL_FILE: there is no file ${path('nowhere')} (PostgreSQL, as`);
    expect(refusal(directory)).toMatch(`DATABASE_URL_FILE: the file ${directory} can't be read (EISDIR) (PostgreSQL, as`);
    expect(refusal(file('empty', '\n'))).toMatch(`DATABASE_URL_FILE: the file ${path('empty')} is empty (PostgreSQL, as`);
    expect(refusal(file('wrong', 'hunter2'))).toMatch(`DATABASE_URL_FILE: the file ${path('wrong')} is no URL of PostgreSQL (PostgreSQL, as`);
  });

  it('is read again when it is used, also when a directory of links is exchanged as Kubernetes does it', () => {
    const deliver = (version: string, password: string) => {
      mkdirSync(path(version));
      file(`${version}/password`, password);
      symlinkSync(version, path('..data_new'));
      renameSync(path('..data_new'), path('..data'));
    };
    deliver('..1', 'first');
    symlinkSync(join('..data', 'password'), path('password'));
    const { DATABASE_PASSWORD } = parseEnvironment({ ...good, DATABASE_PASSWORD_FILE: path('password') }, databaseVariables);
    expect(DATABASE_PASSWORD?.read()).toBe('first');
    deliver('..2', 'second');
    expect(DATABASE_PASSWORD?.read(60_000)).toBe('first'); // as old as the caller permits
    expect(DATABASE_PASSWORD?.read()).toBe('second');
  });

  it('stays as it was while the file is gone or wrong, which is said once', () => {
    const said: string[] = [];
    Logger.overrideLogger({ log: () => undefined, warn: () => undefined, error: (sentence: string) => said.push(sentence) });
    const config = parseEnvironment({ NATS_URL_FILE: file('url', good.NATS_URL) }, natsVariables);
    file('url', '');
    config.NATS_URL.read();
    expect(config.NATS_URL.read()).toBe(good.NATS_URL);
    rmSync(path('url'));
    expect(config.NATS_URL.read()).toBe(good.NATS_URL);
    file('url', 'nats://127.0.0.1:4333');
    expect(config.NATS_URL.read()).toBe('nats://127.0.0.1:4333');
    expect(said).toEqual([
      `NATS_URL_FILE: the file ${path('url')} is empty; what it held before stays in use`,
      `NATS_URL_FILE: there is no file ${path('url')}; what it held before stays in use`,
    ]);
  });
});
