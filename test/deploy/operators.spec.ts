import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { IntakeSubscriptions } from '../../apps/intake/src/intake.subscriptions';
import { ConversionSubscriptions } from '../../apps/conversion/src/conversion.subscriptions';
import { QualificationSubscriptions } from '../../apps/qualification/src/qualification.subscriptions';
import { RoutingSubscriptions } from '../../apps/routing/src/routing.subscriptions';
import { ScoringSubscriptions } from '../../apps/scoring/src/scoring.subscriptions';
import { SERVICES, type Service } from '../../libs/contracts/src';
import { SPOOL, STREAM, type Subscriptions } from '../../libs/messaging/src';
import { flowsOf } from '../../libs/messaging/src/consuming/flow';
import { describeRendered, render } from './kubectl';
import { find, ofKind, selects, type KubernetesObject } from './objects';

const read = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');

/** Who works on events; a list needs none of the use cases that it names. */
const LISTENERS: Partial<Record<Service, new (...useCases: never[]) => Subscriptions>> = {
  intake: IntakeSubscriptions, scoring: ScoringSubscriptions, routing: RoutingSubscriptions, qualification: QualificationSubscriptions,
  conversion: ConversionSubscriptions,
};

describeRendered('with operators', () => {
  let objects: KubernetesObject[];
  beforeAll(async () => { objects = await render('production-with-operators'); }, 60_000);

  it.each(SERVICES)('%s is scaled by what waits for it: every durable of its live lane, or by its processor alone', (service) => {
    const Listener = LISTENERS[service];
    if (!Listener) return expect(find(objects, 'HorizontalPodAutoscaler', `headwater-${service}`)).toBeDefined();
    const flows = flowsOf(service, new Listener().list()).filter(({ lane }) => lane === 'live');
    const durables = flows.map(({ name }) => `${STREAM}/${name}`);
    const { triggers } = find(objects, 'ScaledObject', `headwater-${service}`).spec;
    const lags = triggers.filter(({ type }: any) => type === 'nats-jetstream')
      .map(({ metadata }: any) => `${metadata.stream}/${metadata.consumer}`);
    expect(lags.sort()).toEqual([...durables, ...(service === 'intake' ? [`${SPOOL}/${service}_spool`] : [])].sort());
    expect(triggers.map(({ type }: any) => type)).toContain('cpu');
  });

  it('listens to nothing that is left out above', () => {
    const listening = SERVICES.filter((service) => !read(`apps/${service}/src/${service}.module.ts`).includes('MessagingModule.for(null'));
    expect(listening).toEqual(Object.keys(LISTENERS));
  });

  it('scales out before the alert for what waits', () => {
    const alarm = Number(/headwater_consumer_pending.* > (\d+)/s.exec(alertNamed('HeadwaterConsumerBehind').expr)![1]);
    const triggers = ofKind(objects, 'ScaledObject').flatMap(({ spec }) => spec.triggers);
    for (const { metadata } of triggers.filter(({ type }: any) => type === 'nats-jetstream')) {
      expect(Number(metadata.lagThreshold)).toBeLessThan(alarm);
    }
  });

  it('has the alerts of deploy/observability, word for word', () => {
    const alerts = read('deploy/observability/alerts.yaml');
    const rules = read('deploy/kubernetes/components/prometheus-operator/rules.yaml');
    const indented = alerts.slice(alerts.search(/^groups:/m)).replace(/^./gm, '  $&');
    expect(rules.slice(rules.search(/^ {2}groups:/m))).toBe(indented); // else see the head of rules.yaml
    expect(find(objects, 'PrometheusRule', 'headwater').spec).toEqual(parse(alerts));
  });

  it('gives Prometheus the job and the labels that the alerts ask for', () => {
    const { jobLabel, endpoints, selector } = find(objects, 'ServiceMonitor', 'headwater').spec;
    const scraped = ofKind(objects, 'Service').filter(({ metadata }) => selects(selector, metadata.labels));
    expect(scraped.map(({ metadata }) => metadata.name).sort()).toEqual(SERVICES.map((service) => `headwater-${service}`).sort());
    const jobs = scraped.map(({ metadata }) => metadata.labels?.[jobLabel]);
    expect(new Set(jobs)).toEqual(new Set([/up\{job="(\w+)"\}/.exec(alertNamed('HeadwaterServiceDown').expr)![1]]));
    expect(endpoints).toMatchObject([{ port: 'http', path: '/metrics', honorLabels: true }]);
  });

  it('has the dashboard', () => {
    const { data, metadata } = find(objects, 'ConfigMap', 'headwater-dashboard');
    expect(JSON.parse(data!['headwater.json']!)).toEqual(JSON.parse(read('deploy/observability/dashboard.json')));
    expect(metadata.labels).toMatchObject({ grafana_dashboard: '1' });
  });
});

const alertNamed = (name: string): { expr: string } =>
  parse(read('deploy/observability/alerts.yaml')).groups.flatMap(({ rules }: any) => rules).find(({ alert }: any) => alert === name);
