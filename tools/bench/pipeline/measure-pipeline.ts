import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../../instance/until';
import type { Bench } from '../bench';
import { percentile } from '../figures/statistics';
import { WARM_UP_S } from '../intake/measure-intake';
import { acceptedIn } from '../load/run-load';
import { faultsOf, keptSince, markNow, routedSince, untilDrained } from '../watching/evidence';
import { cpuSeconds, differences, type PerProcess } from '../watching/processes';
import { RoutedWatch, wallClock } from '../watching/routed-watch';

export interface Throughput {
  /** leads, by the time from the first request to the event that the last of them was routed */
  leads_per_s: number;
  /** of PostgreSQL, for its log */
  fsyncs_per_s: number;
  /** from the first request until nothing is on its way in any service */
  cpu_us_per_lead: PerProcess;
}

/** From before a request is sent to the event that its lead was routed. */
export interface Latency {
  p50_ms: number;
  p99_ms: number;
}

/** As many as give the largest batches: with fewer, each lead costs more in every service. */
const SATURATING_CLIENTS = 128;
const LEADS_A_SECOND = 20;
/** At so few leads a second, the slowest hundredth is something only over a longer time. */
const TIMES_LONGER = 3;
const ROUTED_WITHIN_MS = 300_000;
const LOOK_EVERY_MS = 20;
const FSYNCS = `select sum(fsyncs)::int as count from pg_stat_io where object = 'wal'`;

/** More leads than can be routed at once, for some seconds; and then until the last of them is routed. */
export async function measureThroughput(bench: Bench): Promise<Throughput> {
  const { system, load, gateway, options } = bench;
  await load.run(gateway, SATURATING_CLIENTS, WARM_UP_S);
  await untilDrained(system);
  const mark = await markNow(system);
  const watch = await RoutedWatch.begin(system.connection);
  const before = await usage(bench);
  const answers = await load.run(gateway, SATURATING_CLIENTS, options.seconds);
  bench.memory.look();
  const accepted = acceptedIn(answers);
  await untilRouted(bench, watch, accepted);
  await untilDrained(system);
  const after = await usage(bench);
  bench.memory.look();
  bench.faults.push(...faultsOf('pipeline', accepted, await keptSince(system, mark), await routedSince(system, mark)));
  const cpu = differences(after.cpu, before.cpu);
  return {
    leads_per_s: accepted / ((watch.last - answers.started) / 1_000),
    fsyncs_per_s: (after.fsyncs - before.fsyncs) / ((after.at - before.at) / 1_000),
    cpu_us_per_lead: Object.fromEntries(Object.entries(cpu).map(([name, seconds]) => [name, (seconds * 1e6) / accepted])),
  };
}

/** Few leads, evenly, with all the time that there is for each. */
export async function measureLatency(bench: Bench): Promise<Latency> {
  const { system, options } = bench;
  await untilDrained(system);
  await sendEvenly(bench, LEADS_A_SECOND * WARM_UP_S);
  await untilDrained(system);
  const mark = await markNow(system);
  const watch = await RoutedWatch.begin(system.connection);
  const sent = await sendEvenly(bench, LEADS_A_SECOND * options.seconds * TIMES_LONGER);
  await untilRouted(bench, watch, sent.length);
  await untilDrained(system);
  bench.faults.push(...faultsOf('captured to routed', sent.length, await keptSince(system, mark), await routedSince(system, mark)));
  const latencies = sent.map(({ lead, at }) => (watch.times.get(lead) ?? Infinity) - at);
  return { p50_ms: percentile(latencies, 50), p99_ms: percentile(latencies, 99) };
}

/** @returns each lead, with when its request was about to be sent */
async function sendEvenly({ gateway, people, system: { signal } }: Bench, count: number): Promise<{ lead: number; at: number }[]> {
  const since = wallClock();
  return Promise.all(Array.from({ length: count }, async (_, index) => {
    await delay(Math.max(0, since + (index * 1_000) / LEADS_A_SECOND - wallClock()), undefined, { signal });
    const at = wallClock();
    const response = await fetch(gateway.url, {
      method: 'POST', body: people.take(), signal,
      headers: { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json' },
    });
    const { data } = await response.json() as { data: { id: number } };
    return { lead: data.id, at };
  }));
}

async function untilRouted({ system: { signal } }: Bench, watch: RoutedWatch, count: number): Promise<void> {
  await until(() => watch.times.size >= count, {
    signal, withinMs: ROUTED_WITHIN_MS, what: () => `${count} leads to be routed; ${watch.times.size} were`, lookEveryMs: LOOK_EVERY_MS,
  });
  watch.end();
}

async function usage({ system: { database, instance } }: Bench): Promise<{ cpu: PerProcess; fsyncs: number; at: number }> {
  const { rows } = await database.query<{ count: number }>(FSYNCS);
  return { cpu: cpuSeconds(instance.facts().pids), fsyncs: rows[0]!.count, at: wallClock() };
}
