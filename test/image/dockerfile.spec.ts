import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import dockerignore from '@balena/dockerignore';
import { Env, Run } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { DOCKERFILE, readStages, REPOSITORY, settings } from './dockerfile';

const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');
const stages = readStages(DOCKERFILE);
const last = stages.at(-1)!;
const said = (keyword: string): string[] =>
  last.instructions.filter((one) => one.getKeyword() === keyword).map((one) => one.getArgumentsContent()!);

describe('deploy/Dockerfile', () => {
  it('has nothing that a linter objects to', () => {
    expect(validate(DOCKERFILE).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  it('begins with one image, of an exact version, with the major version of Node that we develop with', () => {
    const images = new Set(stages.map(({ base }) => base).filter((base) => !stages.some(({ name }) => name === base)));
    expect([...images]).toEqual([expect.stringMatching(/^node:\d+\.\d+\.\d+-bookworm-slim$/)]);
    expect([...images][0]).toContain(`node:${read('.nvmrc').trim()}.`);
  });

  it('runs as nobody in particular, without a shell, and stops as services do', () => {
    expect(said('USER')).toEqual(['10001:10001']);
    expect(said('STOPSIGNAL')).toEqual(['SIGTERM']);
    expect([said('ENTRYPOINT'), said('CMD')]).toEqual([['[]'], ['["node", "dist/main.js"]']]);
    expect(last.instructions.filter((one) => one instanceof Run)).toEqual([]);
  });

  it('gives Node the limits of deploy/service.env', () => {
    const env = Object.assign({}, ...last.instructions.filter((one) => one instanceof Env).map(settings)) as Record<string, string>;
    expect(env).toEqual({ ...parseEnv(read('deploy/service.env')), NODE_ENV: 'production', HOST: '0.0.0.0', PORT: '8080' });
  });

  it('asks for the service only where it makes a difference', () => {
    expect(stages.filter(({ args }) => args.includes('APP')).map(({ name }) => name)).toEqual(['install', 'run']);
  });
});

describe('.dockerignore', () => {
  const isSent = dockerignore({ ignorecase: false }).add(read('.dockerignore')).createFilter();

  it.each([
    'package.json', 'package-lock.json', 'tsconfig.base.json', 'apps/intake/package.json', 'apps/intake/tsconfig.json',
    'apps/intake/src/main.ts', 'libs/rules/src/index.ts', 'libs/testing/package.json', 'tools/package.json',
  ])('sends %s', (path) => expect(isSent(path)).toBe(true));

  it.each([
    '.git/config', '.env', '.npmrc', 'apps/intake/.env', 'deploy/secrets/operator_token', '.headwater/secrets.json',
    'node_modules/pg/package.json', 'apps/intake/node_modules/pg/package.json', 'apps/intake/dist/main.js',
    'apps/intake/tsconfig.tsbuildinfo', 'apps/intake/test/intake.int.spec.ts',
    'apps/intake/src/domain/merge-profile.spec.ts', 'libs/embedded/src/postgres.ts', 'tools/launcher/main.ts', 'README.md',
  ])('keeps %s out', (path) => expect(isSent(path)).toBe(false));
});
