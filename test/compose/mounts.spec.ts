import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCompose, REPOSITORY, secretsOf } from './compose';

const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');
const { services } = readCompose();

it('the NATS of docker-compose.yml has the configuration for production, and its users get their passwords', () => {
  const configuration = read('deploy/nats/nats-server.conf');
  expect(configuration).toMatch(/sync_interval:\s*always/);
  expect(configuration).toMatch(/store_dir:\s*"?\/data/);
  expect(configuration).toMatch(/^\s*http(_port)?:.*8222/m);
  const variables = [...`${configuration}${read('deploy/nats/permissions.conf')}`.matchAll(/\$(NATS_\w+)/g)];
  expect(Object.values(secretsOf(services.nats!)).sort()).toEqual([...new Set(variables.map(([, name]) => name!.toLowerCase()))].sort());
});

it('docker-compose.yml mounts only what is there', () => {
  const sources = Object.values(services).flatMap(({ volumes = [] }) => volumes).map((volume) => volume.split(':')[0]!);
  expect(sources.filter((source) => source.startsWith('.') && !existsSync(join(REPOSITORY, source)))).toEqual([]);
});
