import { nameOf, type KubernetesObject } from './objects';
import { describeRendered, OVERLAYS, render } from './kubectl';
import { mistakes } from './schemas';

/** For every kind that we use: a place within it, and a field there that has a letter too few. */
const MISSPELT: Record<string, [place: (object: any) => any, field: string]> = {
  ConfigMap: [(object) => object, 'immutabl'],
  Deployment: [({ spec }) => spec.template.spec.containers[0].livenessProbe, 'failureTreshold'],
  HorizontalPodAutoscaler: [({ spec }) => spec.behavior.scaleDown, 'stabilisationWindowSeconds'],
  Ingress: [({ spec }) => spec.rules[0].http.paths[0], 'pathTyp'],
  Job: [({ spec }) => spec.template.spec.containers[0].securityContext, 'readOnlyRootFileSystem'],
  Namespace: [({ metadata }) => metadata, 'label'],
  NetworkPolicy: [({ spec }) => spec, 'policyType'],
  PodDisruptionBudget: [({ spec }) => spec, 'maxUnavailble'],
  PrometheusRule: [({ spec }) => spec.groups[0].rules[0], 'annotation'],
  ScaledObject: [({ spec }) => spec.triggers[0], 'metricTyp'],
  Secret: [(object) => object, 'stringdata'],
  Service: [({ spec }) => spec.ports[0], 'targetport'],
  ServiceAccount: [(object) => object, 'automountServiceAcountToken'],
  ServiceMonitor: [({ spec }) => spec.endpoints[0], 'honorLabel'],
  StatefulSet: [({ spec }) => spec.volumeClaimTemplates[0].spec, 'accessMode'],
};

describeRendered('what is rendered', () => {
  let objects: KubernetesObject[];
  beforeAll(async () => {
    objects = (await Promise.all(OVERLAYS.map(render))).flat();
  }, 60_000);

  it('is as its schemas want it, without a field that they do not know', async () => {
    expect(await mistakes(objects)).toEqual([]);
  }, 60_000);

  it('would be caught with a field misspelt, whatever its kind', async () => {
    const kinds = [...new Set(objects.map(({ kind }) => kind))].sort();
    expect(Object.keys(MISSPELT)).toEqual(kinds);
    const misspelt = kinds.map((kind) => {
      const object = structuredClone(objects.find((candidate) => candidate.kind === kind)!);
      const [place, field] = MISSPELT[kind]!;
      place(object)[field] = 1;
      return object;
    });
    const found = await mistakes(misspelt);
    for (const object of misspelt) {
      expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${nameOf(object)}: .*'"?${MISSPELT[object.kind]![1]}"?'`)));
    }
  }, 60_000);

  it('would be caught with a value of the wrong type, or without a field that must be there', async () => {
    const [deployment] = objects.filter(({ kind }) => kind === 'Deployment').map((object) => structuredClone(object));
    deployment!.spec.template.spec.terminationGracePeriodSeconds = 'long';
    delete deployment!.spec.selector;
    const found = (await mistakes([deployment!])).join('\n');
    expect(found).toMatch(/selector/);
    expect(found).toMatch(/terminationGracePeriodSeconds/);
  }, 60_000);

  it('would be caught being of a kind that there is not', async () => {
    const found = await mistakes([{ apiVersion: 'batch/v1', kind: 'Jobb', metadata: { name: 'x' } }]);
    expect(found).toContain('Jobb/x: batch/v1 has no such kind');
  }, 60_000);
});
