import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES } from '../../libs/contracts/src';
import { eventually } from '../../libs/testing/src/eventually';
import { routes } from './api-document';
import { capture, get, newPerson, post, running } from './headwater';

const ROOT = join(__dirname, '../..');
const OBSERVABILITY = join(ROOT, 'deploy/observability');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const alerts = read('deploy/observability/alerts.yaml');
const dashboard = read('deploy/observability/dashboard.json');

/** Every label there is, all of them with few values. */
const LABELS = [
  'service', 'method', 'route', 'status', 'subject', 'outcome', 'subscription', 'source', 'verdict', 'temperature', 'pool',
  'le', 'kind', 'type', 'space', 'provider', 'cached', 'connector', 'fate', 'lane', 'state', 'version', 'major', 'minor', 'patch',
];
/** Counters without a series as long as nothing goes wrong. */
const MISHAPS = ['headwater_events_redelivered_total', 'headwater_events_postponed_total', 'headwater_events_buried_total'];
/** More series than this from one replica means that a label is not as bounded as it looked. */
const MOST_SERIES = 2_500;
/** The gateway has more: a histogram for each route and class of statuses that came to be. */
const SERIES_OF_A_ROUTE = 64;

interface Series { name: string; labels: [string, string][] }

const person = newPerson();
let scrapes: string[];
let series: Series[];

const scrape = async (service: string) => (await fetch(`http://127.0.0.1:${running().ports[service]}/metrics`)).text();
const seriesIn = (text: string): Series[] => text.split('\n').flatMap((line) => {
  const [, name, labels] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
  return name ? [{ name, labels: [...(labels ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, value]): [string, string] => [label, value]) }] : [];
});
const namesIn = (text: string): string[] => [...new Set(text.match(/\b(headwater|nodejs|process)_\w+/g))];

beforeAll(async () => {
  const { body: { data: { id } } } = await capture<{ id: number }>(person);
  await eventually('it is routed', async () => (await get<{ owner?: object }>(`/leads/${id}`)).body.data.owner);
  await post(`/leads/${id}/qualify`, { qualified: true });
  for (const status of [200, 409]) expect((await post(`/leads/${id}/convert`, { create_customer: true })).status).toBe(status);
  scrapes = await Promise.all(SERVICES.map(scrape));
  series = scrapes.flatMap(seriesIn);
});

describe('what alerts and dashboard ask for', () => {
  it('is there, in a run of every service', () => {
    const asked = [...new Set([...namesIn(alerts), ...namesIn(dashboard)])];
    const known = new Set(series.map(({ name }) => name));
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((name) => !known.has(name) && !MISHAPS.includes(name))).toEqual([]);
    for (const name of MISHAPS) expect(scrapes[1]).toContain(`# TYPE ${name} counter`);
  });

  it('is told apart by labels that are there', () => {
    const expressions = `${alerts} ${dashboard.replaceAll('\\"', '"')}`;
    const asked = [
      ...[...expressions.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels]) => labels.split(/\s*,\s*/)),
      ...[...expressions.matchAll(/\b(\w+)(?:=|!=|=~|!~)"/g)].map(([, label]) => label),
    ];
    expect([...new Set(asked)].filter((label) => ![...LABELS, 'job', 'instance'].includes(label))).toEqual([]);
  });

  it('leads to a page that says what to do', () => {
    const runbooks = [...alerts.matchAll(/alert: (\w+)[\s\S]*?runbook: ([^#\s]+)(?:#(\S+))?/g)];
    expect(runbooks).toHaveLength(alerts.match(/- alert:/g)!.length);
    for (const [, alert, page, anchor] of runbooks) {
      expect(existsSync(join(ROOT, page))).toBe(true);
      if (anchor) expect([anchor, read(page)]).toEqual([alert.toLowerCase(), expect.stringContaining(`\n## ${alert}\n`)]);
    }
  });
});

describe('what every service says of itself', () => {
  it('counts what was done, and what was refused by its code', () => {
    const outcomes = seriesIn(scrapes[SERVICES.indexOf('conversion')]).filter(({ name }) => name === 'headwater_conversions_total')
      .flatMap(({ labels }) => labels.filter(([label]) => label === 'outcome').map(([, outcome]) => outcome));
    expect(outcomes).toEqual(expect.arrayContaining(['done', 'lead_locked']));
  });

  it.each(SERVICES)('%s has few series, with the labels that are known', (service) => {
    const own = seriesIn(scrapes[SERVICES.indexOf(service)]);
    expect(own.length).toBeGreaterThan(50);
    expect(own.length).toBeLessThan(MOST_SERIES + (service === 'gateway' ? routes.length * SERIES_OF_A_ROUTE : 0));
    expect(new Set(own.flatMap(({ labels }) => labels.map(([label]) => label)).filter((label) => !LABELS.includes(label)))).toEqual(new Set());
    expect(own.every(({ labels }) => labels.some(([label, value]) => label === 'service' && value === service))).toBe(true);
  });

  it('holds nothing of a person, nor of a tenant', () => {
    const { last_name, email, company_name, phone } = person as Record<string, string>;
    const words = [last_name, email, company_name, phone, '@'];
    expect(words.filter((word) => scrapes.some((text) => text.includes(word)))).toEqual([]);
    const values = new Set(series.flatMap(({ labels }) => labels.map(([, value]) => value)));
    expect(values).not.toContain(running().tenant);
    const routes = series.flatMap(({ labels }) => labels.filter(([label]) => label === 'route').map(([, route]) => route));
    expect(routes).toContain('/api/v1/crm/leads/:id');
    expect(routes.filter((route) => /\/\d/.test(route))).toEqual([]);
  });
});

const promtool = process.env.HEADWATER_PROMTOOL;
const withPromtool = promtool ? describe : describe.skip;

withPromtool(promtool ? 'promtool' : 'promtool, which is not there and could not be fetched (apt-get install prometheus),', () => {
  const run = (args: string[], input?: string) => {
    const { status, stdout, stderr } = spawnSync(promtool as string, args, { cwd: OBSERVABILITY, input, encoding: 'utf8' });
    return { status, said: `${stdout}${stderr}` };
  };

  it('reads the rules', () => {
    expect(run(['check', 'rules', 'alerts.yaml'])).toEqual({ status: 0, said: expect.stringContaining('SUCCESS') });
  });

  it('sees them alarm when they should, and only then', () => {
    expect(run(['test', 'rules', 'alerts.test.yaml'])).toEqual({ status: 0, said: expect.stringContaining('SUCCESS') });
  });

  it('reads the questions of the dashboard, as if they were rules', () => {
    const { panels } = JSON.parse(dashboard) as { panels: { targets: { expr: string }[] }[] };
    const rules = panels.flatMap(({ targets }) => targets).map(({ expr }) => ({ record: 'asked', expr: expr.replaceAll('$__rate_interval', '1m') }));
    const directory = mkdtempSync(join(tmpdir(), 'headwater-dashboard-'));
    const file = join(directory, 'rules.yaml');
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] })); // JSON is YAML
    const { status, said } = run(['check', 'rules', '--lint', 'none', file]);
    rmSync(directory, { recursive: true });
    expect([status, said]).toEqual([0, expect.stringContaining(`SUCCESS: ${rules.length} rules found`)]);
  });

  it.each(SERVICES)('reads what %s says, and finds nothing to better in what is ours', (service) => {
    const { said } = run(['check', 'metrics'], scrapes[SERVICES.indexOf(service)]);
    // Names of the Node.js metrics are prom-client's.
    expect(said.split('\n').filter((line) => line && !line.startsWith('nodejs_'))).toEqual([]);
  });
});
