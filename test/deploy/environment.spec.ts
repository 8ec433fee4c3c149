import { gatewayConfig } from '../../apps/gateway/src/gateway.config';
import { SERVICES } from '../../libs/contracts/src';
import { parseEnvironment, serviceVariables, type Environment } from '../../libs/platform/src';
import { variablesOf } from '../service-variables';
import { describeRendered, OVERLAYS, render } from './kubectl';
import { find, type KubernetesObject } from './objects';

/** OpenTelemetry's own, and the platform's: read by libraries, so that no service declares them. */
const BY_LIBRARIES = /^OTEL_/;

for (const overlay of OVERLAYS) {
  describeRendered(`the environment in the overlay ${overlay}`, () => {
    let objects: KubernetesObject[];
    beforeAll(async () => { objects = await render(overlay); }, 60_000);

    it.each(SERVICES)('gives %s only variables that it declares, each once', (service) => {
      const declared = variablesOf(service);
      for (const [kind, name] of [['Deployment', `headwater-${service}`], ['Job', `headwater-migrate-${service}`]] as const) {
        const names = Object.keys(environmentOf(objects, kind, name));
        const undeclared = names.filter((variable) => !declared.includes(variable.replace(/_FILE$/, '')) && !BY_LIBRARIES.test(variable));
        expect([name, undeclared]).toEqual([name, []]);
      }
    });
  });
}

describeRendered('a service in development', () => {
  let objects: KubernetesObject[];
  beforeAll(async () => { objects = await render('dev'); }, 60_000);

  it.each(SERVICES)('%s can start with what it is given', (service) => {
    const environment = withFilesRead(objects, environmentOf(objects, 'Deployment', `headwater-${service}`), service);
    expect(parseEnvironment(environment, serviceVariables)).toMatchObject({ PORT: 8080, HOST: '0.0.0.0' });
    expect(environment).toMatchObject({ NATS_USER: service });
    if (service === 'gateway') expect(gatewayConfig(environment).OPERATOR_TOKEN).toBeDefined();
    const { username, password, hostname } = new URL(environment.DATABASE_URL!);
    expect({ username, hostname }).toEqual({ username: `headwater_${service}`, hostname: 'postgres' });
    // As the Job with roles.sql sets it.
    expect(secret(objects, 'postgres-roles').PGOPTIONS).toContain(`-c headwater.${service}_password=${password}`);
    const nats = { port: Number(new URL(environment.NATS_URL!).port) };
    expect(find(objects, 'Service', 'nats').spec.ports).toContainEqual(expect.objectContaining(nats));
  });
});

function environmentOf(objects: KubernetesObject[], kind: string, name: string): Environment {
  const [{ env, envFrom }] = find(objects, kind, name).spec.template.spec.containers;
  const given: [string, string][] = env.map((variable: any) => [variable.name, variable.value]);
  for (const { configMapRef } of envFrom) given.push(...Object.entries(find(objects, 'ConfigMap', configMapRef.name).data!));
  const names = given.map(([variable]) => variable);
  if (new Set(names).size < names.length) throw new Error(`${name} has a variable twice: ${names.join(', ')}`);
  return Object.fromEntries(given);
}

/** In place of each file of its secret, what is in it. */
function withFilesRead(objects: KubernetesObject[], environment: Environment, service: string): Environment {
  const files = secret(objects, `headwater-${service}`);
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => {
    const file = /^\/etc\/headwater\/secrets\/(.+)$/.exec(value ?? '')?.[1];
    return file ? [name.replace(/_FILE$/, ''), files[file]] : [name, value];
  }));
}

function secret(objects: KubernetesObject[], name: string): Record<string, string> {
  const { data } = objects.find(({ kind, metadata }) => kind === 'Secret' && metadata.name.slice(0, -'-0123456789'.length) === name)!;
  return Object.fromEntries(Object.entries(data!).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}
