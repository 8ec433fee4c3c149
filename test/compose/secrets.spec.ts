import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES } from '../../libs/contracts/src';
import { readCompose, REPOSITORY, secretsOf } from './compose';

const directory = mkdtempSync(join(tmpdir(), 'headwater-secrets-'));
const secrets = join(directory, 'secrets');
const compose = readCompose();
const makeSecrets = (): unknown => execFileSync(join(REPOSITORY, 'deploy/make-secrets.sh'), [secrets]);
const secret = (name: string): string => readFileSync(join(secrets, name), 'utf8');

beforeAll(makeSecrets);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs a script of the containers with a program in place of the server's own, which says what it was given. */
function run(script: string, program: string, says: string, argument: string): string {
  const stub = join(directory, program);
  writeFileSync(stub, `#!/bin/sh\n${says}\n`);
  chmodSync(stub, 0o755);
  const env = { PATH: `${directory}:${process.env.PATH}`, SECRETS: secrets };
  return execFileSync('sh', [join(REPOSITORY, 'deploy/compose', script), argument], { env, encoding: 'utf8' });
}

describe('deploy/make-secrets.sh', () => {
  it('makes each secret that docker-compose.yml names, and all of them are used', () => {
    const named = Object.entries(compose.secrets).map(([name, { file }]) => {
      expect(file).toBe(`./deploy/secrets/${name}`);
      return name;
    });
    expect(readdirSync(secrets).sort()).toEqual(named.sort());
    const used = Object.values(compose.services).flatMap((container) => Object.values(secretsOf(container)));
    expect([...new Set(used)].sort()).toEqual(named);
  });

  it('makes them long, different, and out of the reach of others', () => {
    const texts = readdirSync(secrets).map(secret);
    expect(texts.filter((text) => !/^[0-9a-f]{64}$/.test(text))).toEqual([]);
    expect(new Set(texts).size).toBe(texts.length);
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
    // Compose gives a file to a container as it is, whose user is not ours.
    expect(statSync(join(secrets, 'jwt_secret')).mode & 0o777).toBe(0o444);
  });

  it('leaves those that are there, and keeps them out of git', () => {
    const before = secret('postgres_password');
    makeSecrets();
    expect(secret('postgres_password')).toBe(before);
    expect(readFileSync(join(REPOSITORY, '.gitignore'), 'utf8').split('\n')).toContain('deploy/secrets/');
  });
});

it('roles.sql gets the password of every role, and psql that of the administrator', () => {
  const said = run('roles.sh', 'psql', 'echo "$PGOPTIONS|$PGPASSWORD|$*"', '/headwater/roles.sql');
  const [options, password, words] = said.trim().split('|');
  const expected = SERVICES.map((service) => `-c headwater.${service}_password=${secret(`database_${service}_password`)}`);
  expect(options!.trim().split(/ (?=-c)/).sort()).toEqual(expected.sort());
  expect(password).toBe(secret('postgres_password'));
  expect(words).toBe('--no-psqlrc --quiet --set ON_ERROR_STOP=1 --file /headwater/roles.sql');
});

it('nats-server gets the password of every user', () => {
  const said = run('nats.sh', 'nats-server', 'echo "$*"; env | grep ^NATS_', '/etc/nats/nats-server.conf');
  const [words, ...variables] = said.trim().split('\n');
  const expected = [...SERVICES, 'admin', 'consumer'].map((user) =>
    `NATS_${user.toUpperCase()}_PASSWORD="${secret(`nats_${user}_password`)}"`);
  expect(words).toBe('--config /etc/nats/nats-server.conf');
  expect(variables.sort()).toEqual(expected.sort());
});
