import { SERVICES } from '@headwater/contracts';
import type { Bench } from '../bench';
import { Fill } from '../load/fill';
import { warmUp } from '../load/warm-up';
import { untilDrained } from '../watching/evidence';
import { cpuSeconds, differences } from '../watching/processes';
import { askAll } from './ask-load';
import type { ConversionSuiteNumbers, ConvertNumbers, SearchNumbers } from './conversion-summary';
import { ConvertBaseline } from './convert-baseline';
import { FillCustomers, qualifyAll } from './fill-customers';

const CLIENTS = [1, 32] as const;
const SEARCHERS = 8;
/** More than can be converted in a second, so that none runs out of leads. */
const MOST_PER_SECOND = 900;
/** Until the compilers of conversion and of all whom it asks have seen enough. */
const WARM_UP_S = 8;
const DEAL = { create_opportunity: true, opportunity_name: 'Platform', opportunity_amount: 75_000 };

/** Measures the suite `conversion`: leads that become customers among many others, and looking for those. */
export async function runConversionSuite(bench: Bench): Promise<ConversionSuiteNumbers> {
  const { system: { database, instance }, options: { customers, searchCustomers, seconds } } = bench;
  await warmUp(bench);
  const fill = await Fill.from(database);
  const filling = new FillCustomers(database);
  await present(bench, filling, customers);
  const kinds = CLIENTS.flatMap((clients) => [false, true].map((opportunity) => ({ clients, opportunity })));
  const needed = kinds.reduce((sum, { clients }) => sum + leadsFor(clients, seconds), leadsFor(32, WARM_UP_S));
  const first = await qualified(bench, fill, needed);
  const leads = new Numbers(first, needed);
  await askConversions(bench, leads, { clients: 32, opportunity: true }, WARM_UP_S);
  await untilDrained(bench.system);

  const baseline = await ConvertBaseline.prepare(database, instance.facts().database_url, Math.max(...CLIENTS));
  const conversions: ConvertNumbers[] = [];
  for (const kind of kinds) conversions.push(await measureConversions(bench, leads, baseline, kind));
  await baseline.end();
  await present(bench, filling, searchCustomers);
  const searches: SearchNumbers[] = [];
  for (const [by, texts] of Object.entries(filling.questions())) searches.push(await measureSearch(bench, searchCustomers, by, texts));
  return { customers, conversions, searches };
}

/** Leads that are used one after the other. */
class Numbers {
  constructor(private next: number, private left: number) {}

  take(count: number): { first: number; count: number } {
    const taken = { first: this.next, count: Math.min(count, this.left) };
    this.next += taken.count;
    this.left -= taken.count;
    return taken;
  }
}

const leadsFor = (clients: number, seconds: number): number => Math.ceil(Math.min(MOST_PER_SECOND, clients * 200) * seconds);

async function present({ terminal }: Bench, filling: FillCustomers, customers: number): Promise<void> {
  const missing = Math.max(0, customers - await filling.present());
  await terminal.step('Filling', (say) => filling.add(missing, (done) => say(`${done} of ${missing} customers`)), () => `${customers} customers are present`);
}

/** @returns the id of the first of so many leads that are ready to be converted */
async function qualified({ system: { database }, terminal }: Bench, fill: Fill, count: number): Promise<number> {
  const { last } = (await database.query<{ last: number }>('select max(id)::int as last from intake.lead')).rows[0]!;
  await terminal.step('Filling', async (say) => {
    await fill.add(count, SERVICES, (done) => say(`${done} of ${count} leads`));
    await qualifyAll(database, last + 1);
  }, () => `${count} leads are qualified`);
  return last + 1;
}

type Kind = Pick<ConvertNumbers, 'clients' | 'opportunity'>;

const askConversions = (bench: Bench, leads: Numbers, { clients, opportunity }: Kind, seconds: number) => askAll({
  url: `${bench.gateway.url}/{n}/convert`, token: bench.gateway.token, clients, seconds,
  what: { body: opportunity ? DEAL : {}, ...leads.take(leadsFor(clients, seconds)) },
}, bench.system.signal);

async function measureConversions(bench: Bench, leads: Numbers, baseline: ConvertBaseline, kind: Kind): Promise<ConvertNumbers> {
  const { system, options: { seconds }, terminal } = bench;
  const pids = system.instance.facts().pids;
  const name = `${kind.opportunity ? 'with opportunity' : 'customer only'}, ${kind.clients} clients`;
  const before = { counts: await counts(bench), cpu: cpuSeconds(pids) };
  const sample = await terminal.step(`  ${name}`, () => askConversions(bench, leads, kind, seconds),
    ({ per_s, p50_ms, p99_ms }) => `${Math.round(per_s)}/s, p50 ${p50_ms.toFixed(1)} ms, p99 ${p99_ms.toFixed(1)} ms`);
  await untilDrained(system);
  const cpu = differences(cpuSeconds(pids), before.cpu);
  bench.faults.push(...faultsOf(name, sample, before.counts, await counts(bench)));
  const baseline_per_s = await terminal.step('  baseline', () => baseline.measure(kind.clients, seconds, kind.opportunity), (rate) => `${Math.round(rate)}/s`);
  return {
    ...kind, conversions_per_s: sample.per_s, p50_ms: sample.p50_ms, p99_ms: sample.p99_ms, baseline_per_s,
    cpu_us_per_conversion: Object.fromEntries(Object.entries(cpu).map(([process, used]) => [process, (used * 1e6) / sample.done])),
  };
}

async function measureSearch({ system, gateway, options: { seconds }, terminal, faults }: Bench, customers: number, by: string, texts: string[]): Promise<SearchNumbers> {
  const { p50_ms, p99_ms, errors } = await terminal.step(`  search by ${by}`, () => askAll({
    url: `${gateway.url.replace(/leads$/, 'customers/search')}?q={q}`, token: gateway.token, clients: SEARCHERS, seconds, what: { texts },
  }, system.signal), (sample) => `p50 ${sample.p50_ms.toFixed(1)} ms, p99 ${sample.p99_ms.toFixed(1)} ms`);
  if (errors) faults.push(`search by ${by}: ${errors}`);
  return { customers, by, p50_ms, p99_ms };
}

interface Counts { customers: number; conversions: number; events: number; locked: number }

async function counts({ system: { database } }: Bench): Promise<Counts> {
  return (await database.query<Counts>(`
    select (select count(*) from conversion.customer)::int as customers, (select count(*) from conversion.conversion where state = 'done')::int as conversions,
      (select count(*) from conversion.outbox where envelope->>'type' = 'lead.converted')::int as events,
      (select count(*) from qualification.lead_status where status = 'converted')::int as locked`)).rows[0]!;
}

/** What speaks against a measurement: what was answered must be there, once, and told of. */
function faultsOf(what: string, { done, errors }: { done: number; errors: string | null }, before: Counts, after: Counts): string[] {
  const wrong = (Object.keys(before) as (keyof Counts)[]).filter((name) => after[name] - before[name] !== done);
  return [
    ...(errors ? [`${what}: ${errors}`] : []),
    ...wrong.map((name) => `${what}: ${done} leads were converted, but there are ${after[name] - before[name]} ${name} more`),
  ];
}
