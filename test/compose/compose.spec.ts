import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { SERVICES } from '../../libs/contracts/src';
import { parseEnvironment, serviceVariables } from '../../libs/platform/src';
import { variablesOf } from '../service-variables';
import { readCompose, REPOSITORY, secretsOf, withDefaults, type Container } from './compose';

const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');
const compose = readCompose();
const containers = Object.entries(compose.services);
const jobs = containers.filter(([, { restart }]) => restart === 'no').map(([name]) => name);
const servers = containers.map(([name]) => name).filter((name) => !jobs.includes(name));
const sources = containers.flatMap(([, { volumes }]) => volumes ?? []).map((volume) => volume.split(':')[0]!);
const container = (name: string): Container => compose.services[name]!;

describe('docker-compose.yml', () => {
  it('is what the Compose Specification says', () => {
    const schema = JSON.parse(read('node_modules/dclint/schemas/compose.schema.json')) as Record<string, unknown>;
    delete schema.$schema; // an https address, which ajv doesn't take for draft 7
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    ajv.validate(schema, compose);
    expect(ajv.errors ?? []).toEqual([]);
    expect(ajv.validate(schema, { services: { intake: { ...container('intake'), memory_limit: '1g' } } })).toBe(false);
  });

  it('runs every service and its migration, and what they need', () => {
    expect(servers.sort()).toEqual([...SERVICES, 'nats', 'postgres'].sort());
    expect(jobs.sort()).toEqual([...SERVICES.map((service) => `${service}-migrate`), 'nats-volume', 'roles'].sort());
  });

  it.each(SERVICES)('builds %s, and migrates it first, with the same image', (service) => {
    expect(container(service).build).toMatchObject({ context: '.', dockerfile: 'deploy/Dockerfile', args: { APP: service } });
    expect(container(service).image).toBe(container(`${service}-migrate`).image);
    expect(withDefaults(container(service).image)).toBe(`headwater/${service}:local`);
    expect([container(service).pull_policy, container(`${service}-migrate`).pull_policy]).toEqual(['build', 'never']);
    expect(container(service).depends_on).toMatchObject({
      [`${service}-migrate`]: { condition: 'service_completed_successfully' }, nats: { condition: 'service_healthy' },
    });
    expect(container(`${service}-migrate`)).toMatchObject({
      command: ['node', 'dist/main.js', 'migrate'], depends_on: { roles: { condition: 'service_completed_successfully' } },
    });
  });

  const configured = SERVICES.flatMap((service) => [[service, service], [`${service}-migrate`, service]]);
  it.each(configured)('gives %s what it declares, and its own secrets', (name, service) => {
    const { environment, ...rest } = container(name!);
    const names = Object.keys(environment!).map((variable) => variable.replace(/_FILE$/, ''));
    expect(names.filter((variable) => !variablesOf(service!).includes(variable))).toEqual([]);
    const secrets = secretsOf(rest);
    const files = Object.entries(environment!).filter(([variable]) => variable.endsWith('_FILE')).map(([, path]) => path!);
    expect(files.sort()).toEqual(Object.keys(secrets).sort());
    expect(Object.values(secrets).filter((secret) => /^(database|nats)_/.test(secret) && !secret.includes(`_${service}_`))).toEqual([]);
    expect(environment!.DATABASE_URL).toBe(`postgres://headwater_${service}@postgres:5432/headwater`);
  });

  it.each(SERVICES)('%s takes its configuration', (service) => {
    const given = Object.entries(container(service).environment!).filter(([name, value]) => !name.endsWith('_FILE') && value !== null)
      .map(([name, value]) => [name, withDefaults(value!)]);
    const secrets = { DATABASE_PASSWORD: 'x', NATS_PASSWORD: 'x' };
    const environment = { ...(Object.fromEntries(given) as Record<string, string>), ...secrets, PORT: '8080' };
    expect(() => parseEnvironment(environment, serviceVariables)).not.toThrow();
  });

  it.each(containers)('%s may do as little as possible', (name, container) => {
    const { user, read_only, cap_drop, cap_add = [], security_opt, mem_limit, pids_limit } = container;
    expect({ read_only, cap_drop, security_opt }).toEqual({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(cap_add).toEqual(name === 'nats-volume' ? ['CHOWN'] : []);
    expect(user).toMatch(name === 'nats-volume' ? /^0:0$/ : /^(10001:10001|999:999)$/);
    expect([mem_limit, pids_limit]).toEqual([expect.stringMatching(/^\d+[mg]$/), expect.any(Number)]);
  });

  it.each(SERVICES)('%s has more memory than its heap may take', (service) => {
    const heap = Number(/--max-old-space-size=(\d+)/.exec(read('deploy/service.env'))![1]);
    expect(Number.parseInt(container(service).mem_limit!, 10)).toBeGreaterThanOrEqual(heap * 1.2);
  });

  it.each(servers)('%s comes back, is watched, and has time to end', (name) => {
    expect(container(name).restart).toBe('unless-stopped');
    expect(Number.parseInt(container(name).stop_grace_period!, 10)).toBeGreaterThanOrEqual(30);
    const { healthcheck, build } = container(name);
    if (build) expect([healthcheck, read(build.dockerfile)]).toEqual([undefined, expect.stringContaining('\nHEALTHCHECK ')]);
    else expect(healthcheck).toMatchObject({ test: expect.arrayContaining(['CMD']), start_period: expect.any(String) });
  });

  it('shows itself to this machine only, by the gateway', () => {
    const ports = containers.filter(([, { ports }]) => ports).map(([name, { ports }]) => [name, ports!.map(withDefaults)]);
    expect(ports).toEqual([['gateway', ['127.0.0.1:8080:8080']]]);
    for (const name of ['postgres', 'nats']) expect(container(name).networks).toEqual(['data']);
  });

  it('pins the images of others to a version', () => {
    const others = containers.map(([, { image }]) => image).filter((image) => !image.startsWith('headwater/'));
    expect(others.filter((image) => !/:\d+\.\d+(\.\d+)?-/.test(image))).toEqual([]);
  });

  it('keeps data in volumes that have a name', () => {
    expect([...new Set(sources.filter((source) => !source.startsWith('.')))].sort()).toEqual(Object.keys(compose.volumes).sort());
  });
});
