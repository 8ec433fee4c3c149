import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES } from '../../libs/contracts/src';
import { describeRendered, OVERLAYS, render } from './kubectl';
import { find, nameOf, ofKind, selects, workloads, type KubernetesObject, type Selector } from './objects';
import { violations } from './pod-security';
import { referencesOf } from './references';

const read = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');

/** What the platform team provides beforehand; docs/operations/kubernetes.md lists it. */
const PROVIDED = [...SERVICES.map((service) => `Secret/headwater-${service}`), 'ConfigMap/headwater-ca', 'Secret/headwater-tls'];

for (const overlay of OVERLAYS) {
  describeRendered(`the overlay ${overlay}`, () => {
    let objects: KubernetesObject[];
    const names = () => objects.map(nameOf);

    beforeAll(async () => { objects = await render(overlay); }, 60_000);

    it('has each name once, all of it in one namespace, which permits restricted pods alone', () => {
      expect(names().filter((name, index) => names().indexOf(name) !== index)).toEqual([]);
      expect(find(objects, 'Namespace', 'headwater').metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
      expect(objects.filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== 'headwater').map(nameOf)).toEqual([]);
    });

    it('runs everything under the restricted Pod Security Standard', () => {
      expect(workloads(objects).flatMap((workload) => violations(workload).map((rule) => `${workload.name}: ${rule}`))).toEqual([]);
    });

    it.each(SERVICES)('has all that %s needs', (service) => {
      const name = `headwater-${service}`;
      expect(names()).toEqual(expect.arrayContaining([
        `Deployment/${name}`, `Job/headwater-migrate-${service}`, `Service/${name}`, `ServiceAccount/${name}`,
        `PodDisruptionBudget/${name}`,
      ]));
      const { spec } = find(objects, 'Deployment', name);
      const job = find(objects, 'Job', `headwater-migrate-${service}`).spec;
      expect(spec.strategy.rollingUpdate.maxUnavailable).toBe(0);
      expect(spec.template.spec.topologySpreadConstraints.map(({ topologyKey }: any) => topologyKey))
        .toEqual(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']);
      for (const { spec: pod } of [spec.template, job.template]) {
        expect(pod.serviceAccountName).toBe(name);
        expect(pod.containers[0].image).toMatch(new RegExp(`headwater/${service}:.+`));
        // Its own credentials, and nobody else's.
        const hash = overlay === 'dev' ? '-[a-z0-9]{10}' : ''; // of a generated one
        const secrets = referencesOf(pod).filter((reference) => reference.startsWith('Secret/'));
        expect(secrets.join()).toMatch(new RegExp(`^Secret/${name}${hash}$`));
      }
      expect(spec.template.spec.containers[0].command).toEqual(['node', 'dist/main.js']);
      expect(job.template.spec.containers[0].command).toEqual(['node', 'dist/main.js', 'migrate']);
    });

    it('refers only to what it has, or what the guide tells to provide', () => {
      const provided = overlay === 'dev' ? [] : PROVIDED;
      const references = workloads(objects).flatMap(({ pod }) => referencesOf(pod));
      for (const { spec } of ofKind(objects, 'Ingress')) references.push(...spec.tls.map((tls: any) => `Secret/${tls.secretName}`));
      expect(references.length).toBeGreaterThan(SERVICES.length);
      expect([...new Set(references)].filter((name) => ![...names(), ...provided].includes(name))).toEqual([]);
      expect(provided.filter((name) => !references.includes(name))).toEqual([]);
      expect(provided.filter((name) => !read('docs/operations/kubernetes.md').includes(`\`${name.split('/')[1]}\``))).toEqual([]);
    });

    it('selects something with every selector, and a workload only its own pods', () => {
      const selected = (selector: Selector) => workloads(objects).filter(({ labels }) => selects(selector, labels)).length;
      for (const object of ['Deployment', 'StatefulSet', 'PodDisruptionBudget'].flatMap((kind) => ofKind(objects, kind))) {
        expect([nameOf(object), selected(object.spec.selector)]).toEqual([nameOf(object), 1]);
      }
      for (const object of ofKind(objects, 'Service')) {
        expect([nameOf(object), selected({ matchLabels: object.spec.selector })]).toEqual([nameOf(object), 1]);
      }
      for (const object of ofKind(objects, 'NetworkPolicy')) {
        expect([nameOf(object), selected(object.spec.podSelector) > 0]).toEqual([nameOf(object), true]);
      }
    });

    it('agrees with itself on ports', () => {
      const pods = workloads(objects).map(({ labels, pod }) => ({ labels, ports: pod.containers.flatMap(({ ports = [] }: any) => ports) }));
      const offers = (selector: any, port: string | number) => pods.filter(({ labels }) => selects(selector, labels))
        .every(({ ports }) => ports.some(({ name, containerPort }: any) => port === name || port === containerPort));
      for (const { spec, metadata } of ofKind(objects, 'Service')) {
        const offered = spec.ports.every(({ targetPort }: any) => offers({ matchLabels: spec.selector }, targetPort));
        expect([metadata.name, offered]).toEqual([metadata.name, true]);
      }
      for (const { spec, metadata } of ofKind(objects, 'NetworkPolicy')) {
        const offered = (spec.ingress ?? []).every(({ ports }: any) => ports.every(({ port }: any) => offers(spec.podSelector, port)));
        expect([metadata.name, offered]).toEqual([metadata.name, true]);
      }
      for (const { spec, metadata } of ofKind(objects, 'Deployment')) {
        const { ports, startupProbe, livenessProbe, readinessProbe } = spec.template.spec.containers[0];
        expect([startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet))
          .toEqual(['live', 'live', 'ready'].map((what) => ({ path: `/health/${what}`, port: ports[0].name })));
        expect([metadata.name, ports[0].containerPort]).toEqual([metadata.name, 8080]);
      }
      expect(configuration(objects)).toMatchObject({ PORT: '8080', HOST: '0.0.0.0' });
    });

    it('gives every replica the time that a batch and draining may take', () => {
      const seconds = (pattern: RegExp, text: string) => Number(pattern.exec(text)![1]);
      const statement = seconds(/statement_timeout = %L', role, '(\d+)s'/, read('deploy/postgres/roles.sql'));
      const requests = seconds(/CLOSE_WITHIN_MS = (\d+)_000/, read('libs/platform/src/metrics/measured-nats-server.ts'));
      for (const { spec, metadata } of ofKind(objects, 'Deployment')) {
        const { terminationGracePeriodSeconds, containers: [container] } = spec.template.spec;
        const beforehand = container.lifecycle?.preStop.sleep.seconds ?? 0;
        const least = beforehand + statement + requests + 10;
        expect([metadata.name, terminationGracePeriodSeconds >= least]).toEqual([metadata.name, true]);
      }
      const [gateway] = find(objects, 'Deployment', 'headwater-gateway').spec.template.spec.containers;
      expect(gateway.lifecycle.preStop.sleep.seconds).toBeGreaterThan(5);
    });

    it('leaves memory beside the heap of deploy/service.env', () => {
      const heap = Number(/--max-old-space-size=(\d+)/.exec(read('deploy/service.env'))![1]);
      const limits = ['Deployment', 'Job'].flatMap((kind) => ofKind(objects, kind))
        .filter(({ metadata }) => metadata.name.startsWith('headwater-'))
        .map(({ spec }) => spec.template.spec.containers[0].resources.limits.memory);
      expect(new Set(limits)).toEqual(new Set([`${heap * 1.5}Mi`]));
    });

    it('names a version of every image', () => {
      const images = workloads(objects).flatMap(({ pod }) => pod.containers.map(({ image }: any) => image));
      expect(images.filter((image) => !/^[^:]+:(?!latest$)[\w.-]+$/.test(image))).toEqual([]);
    });

    it('has three replicas of each in production, one in development, and one that decides on them', () => {
      const scalers = [...ofKind(objects, 'HorizontalPodAutoscaler'), ...ofKind(objects, 'ScaledObject')];
      const scaled = scalers.map(({ spec }) => spec.scaleTargetRef.name).sort();
      expect(scaled).toEqual(overlay === 'dev' ? [] : SERVICES.map((service) => `headwater-${service}`).sort());
      for (const { spec } of scalers) expect(spec.minReplicas ?? spec.minReplicaCount).toBe(3);
      for (const { spec } of ofKind(objects, 'Deployment')) expect(spec.replicas).toBeUndefined();
      expect(configuration(objects).STREAM_REPLICAS).toBe(overlay === 'dev' ? undefined : '3');
    });
  });
}

const configuration = (objects: KubernetesObject[]): Record<string, string> =>
  ofKind(objects, 'ConfigMap').find(({ metadata }) => /^headwater-[a-z0-9]{10}$/.test(metadata.name))!.data!;
