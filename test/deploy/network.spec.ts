import { parse, parseCIDR } from 'ipaddr.js';
import { SERVICES } from '../../libs/contracts/src';
import { describeRendered, OVERLAYS, render } from './kubectl';
import { find, ofKind, selects, workloads, type KubernetesObject } from './objects';

/** By port: names, PostgreSQL, NATS, the collector of traces, the identity provider, the web. */
const [DNS, POSTGRES, NATS, COLLECTOR, IDENTITY] = [53, 5432, 4222, 4318, 443];
const WEB = [80, 443];

for (const overlay of OVERLAYS) {
  describeRendered(`the network in the overlay ${overlay}`, () => {
    let objects: KubernetesObject[];
    beforeAll(async () => { objects = await render(overlay); }, 60_000);

    const labelsOf = (name: string) => workloads(objects).find((workload) => workload.name === name)!.labels;
    const rulesFor = (name: string, direction: 'ingress' | 'egress'): any[] => ofKind(objects, 'NetworkPolicy')
      .filter(({ spec }) => selects(spec.podSelector, labelsOf(name))).flatMap(({ spec }) => spec[direction] ?? []);
    const portsOf = (rules: any[]) => [...new Set(rules.flatMap(({ ports }) => ports.map(({ port }: any) => port)))].sort();
    const expected = (...ports: number[]) => [...ports].sort();

    it('is closed, both ways, for whoever is not named', () => {
      expect(find(objects, 'NetworkPolicy', 'deny-everything').spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
      const rules = ofKind(objects, 'NetworkPolicy').flatMap(({ spec }) => [...spec.ingress ?? [], ...spec.egress ?? []]);
      expect(rules.filter(({ ports = [], from, to }) => ports.length === 0 || (from ?? to ?? []).length === 0)).toEqual([]);
      for (const { spec } of ofKind(objects, 'NetworkPolicy')) {
        const directions = [...spec.ingress ? ['Ingress'] : [], ...spec.egress ? ['Egress'] : []];
        if (directions.length > 0) expect(spec.policyTypes).toEqual(directions);
      }
    });

    it.each(SERVICES)('lets %s reach names, PostgreSQL and NATS, and little else', (service) => {
      const further = [
        ...(overlay === 'production-with-operators' ? [COLLECTOR] : []), ...(overlay !== 'dev' && service === 'gateway' ? [IDENTITY] : []),
        ...(service === 'intake' ? WEB : []),
      ];
      expect(portsOf(rulesFor(`Deployment/headwater-${service}`, 'egress'))).toEqual(expected(DNS, POSTGRES, NATS, ...further));
      expect(portsOf(rulesFor(`Job/headwater-migrate-${service}`, 'egress'))).toEqual(expected(DNS, POSTGRES));
    });

    it('lets intake reach the web, and nothing of ours by way of it', () => {
      const blocks = rulesFor('Deployment/headwater-intake', 'egress').filter(({ ports }) => ports.some(({ port }: any) => port === 80)).flatMap(({ to }) => to);
      expect(blocks.map(({ ipBlock: { cidr } }: any) => cidr)).toEqual(['0.0.0.0/0', '2000::/3']);
      const except = (address: string) => blocks.some(({ ipBlock }: any) => ipBlock.except.some((range: string) => {
        const block = parseCIDR(range);
        const parsed = parse(address);
        return parsed.kind() === block[0].kind() && parsed.match(block);
      }));
      for (const address of ['10.1.2.3', '172.16.0.1', '192.168.1.1', '127.0.0.1', '169.254.169.254', '100.100.100.200', '2002:7f00:1::']) expect([address, except(address)]).toEqual([address, true]);
      for (const address of ['93.184.216.34', '172.32.0.1', '2606:4700::1111']) expect([address, except(address)]).toEqual([address, false]);
    });

    it.each(SERVICES)('lets Prometheus into %s, and the ingress controller into the gateway alone', (service) => {
      const from = rulesFor(`Deployment/headwater-${service}`, 'ingress')
        .flatMap((rule) => rule.from.map(({ namespaceSelector }: any) => namespaceSelector.matchLabels['kubernetes.io/metadata.name']));
      expect(from).toEqual(service === 'gateway' ? ['monitoring', 'ingress-nginx'] : ['monitoring']);
      expect(rulesFor(`Job/headwater-migrate-${service}`, 'ingress')).toEqual([]);
    });

    it('shows the world the API and its documentation, not what needs no key', () => {
      const paths = ofKind(objects, 'Ingress').flatMap(({ spec }) => spec.rules.flatMap(({ http }: any) => http.paths));
      expect(paths.map(({ path }: any) => path)).toEqual(overlay === 'dev' ? [] : ['/api', '/f', '/in', '/docs', '/openapi.json']);
      for (const { backend: { service } } of paths) {
        expect(find(objects, 'Service', service.name).spec.ports).toContainEqual(expect.objectContaining(service.port));
      }
    });
  });
}

describeRendered('PostgreSQL and NATS in development', () => {
  it('take connections from those that may make them', async () => {
    const objects = await render('dev');
    const labels = new Map(workloads(objects).map((workload) => [workload.name, workload.labels]));
    for (const [store, port] of [['postgres', POSTGRES], ['nats', NATS]] as const) {
      const rules = (name: string): any[] => ofKind(objects, 'NetworkPolicy')
        .filter(({ spec }) => selects(spec.podSelector, labels.get(name)))
        .flatMap(({ spec }) => [...spec.egress ?? [], ...spec.ingress ?? []]).filter(({ ports }) => ports[0].port === port);
      const names = (peers: any[] = [], name: string) =>
        peers.some(({ podSelector }) => podSelector && selects(podSelector, labels.get(name)));
      const goOut = [...labels.keys()].filter((name) => rules(name).some(({ to }) => names(to, `StatefulSet/${store}`)));
      const getIn = [...labels.keys()].filter((name) => rules(`StatefulSet/${store}`).some(({ from }) => names(from, name)));
      expect(getIn).toEqual(goOut);
      expect(goOut).toEqual(expect.arrayContaining(SERVICES.map((service) => `Deployment/headwater-${service}`)));
    }
  });
});
