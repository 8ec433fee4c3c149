import { SERVICES } from '@headwater/contracts';
import type { Bench } from '../bench';
import { Fill } from '../load/fill';
import { warmUp } from '../load/warm-up';
import { untilDrained } from '../watching/evidence';
import { cpuSeconds, differences } from '../watching/processes';
import { askCommands, type CommandSample, type Step } from './ask-commands';
import { CommandBaseline } from './command-baseline';
import { measureRecycling } from './measure-recycling';
import type { CommandNumbers, QualificationNumbers } from './qualification-summary';

const CLIENTS = 32;
/** Of the leads that are present so many are nurtured until some day. */
const NURTURED_SHARE = 0.1;
/** Until the compilers of the gateway and of qualification have seen enough. */
const WARM_UP_S = 8;
/** More leads than can go through all steps in a second, so that none runs out of them. */
const MOST_LEADS_PER_SECOND = 400;
/** A million leads are a million for the tables that commands read; the others need no more than are moved. */
const CONCERNED = ['intake', 'qualification'] as const;

/** What people do with a lead, in an order that the status machine allows. */
const STEPS: readonly Step[] = [
  { name: 'contact attempt', method: 'POST', path: '/{n}/contact-attempts', body: { channel: 'call', outcome: 'reached', note: 'Wants a demo in March' } },
  { name: 'qualify', method: 'POST', path: '/{n}/qualify', body: { qualified: true, qualification_notes: 'Budget approved, demo went well' } },
  { name: 'disqualify', method: 'POST', path: '/{n}/disqualify', body: { disqualification_reason: 'no_budget', notes: 'Budget is gone' } },
  { name: 'reopen', method: 'POST', path: '/{n}/reopen', body: {} },
  { name: 'PATCH of the status', method: 'PATCH', path: '/{n}', body: { status: 'contacted' } },
];
/** That each lead has made then: two by the attempt and qualify, one by each of the others. */
const TRANSITIONS = 5;

/** Measures the suite `qualification`: what people do with leads, and leads that come back by themselves, among many others. */
export async function runQualificationSuite(bench: Bench): Promise<QualificationNumbers> {
  const { system: { database, instance }, terminal, options: { leads, seconds } } = bench;
  await warmUp(bench);
  const fill = await Fill.from(database);
  const needed = (seconds + WARM_UP_S) * MOST_LEADS_PER_SECOND;
  const present = await fill.present();
  await terminal.step('Filling', async (say) => {
    await fill.add(Math.max(0, leads - present - needed), CONCERNED, (done) => say(`${done} leads`));
    await fill.add(needed, SERVICES, (done) => say(`${done} of ${needed} leads that are moved`));
  }, () => `${Math.max(leads, present + needed)} leads are present`);
  const { last } = (await database.query<{ last: number }>('select max(id)::int as last from intake.lead')).rows[0]!;
  const first = last - needed + 1;
  const warm = WARM_UP_S * MOST_LEADS_PER_SECOND;
  await ask(bench, { first, count: warm, seconds: WARM_UP_S });
  await untilDrained(bench.system);
  const baseline = await CommandBaseline.prepare(database, instance.facts().database_url, CLIENTS);
  const commands = await measureCommands(bench, baseline, { first: first + warm, count: needed - warm, seconds });
  await baseline.end();
  const recycling = await terminal.step('Days', (say) => measureRecycling(bench, Math.round(leads * NURTURED_SHARE), say),
    ({ due, p99_ms }) => `${due} leads came back: p99 ${Math.round(p99_ms)} ms late`);
  return { leads: Math.max(leads, present + needed), commands, recycling };
}

interface Share { first: number; count: number; seconds: number }

const ask = ({ gateway: { url, token }, system: { signal } }: Bench, share: Share): Promise<CommandSample> =>
  askCommands({ url, token, clients: CLIENTS, steps: STEPS, ...share }, signal);

async function measureCommands(bench: Bench, baseline: CommandBaseline, share: Share): Promise<CommandNumbers> {
  const { system, terminal, faults } = bench;
  const pids = system.instance.facts().pids;
  const before = { cpu: cpuSeconds(pids), counts: await counts(bench) };
  const { errors, done, leads, ...sample } = await terminal.step(`Commands, ${CLIENTS} clients`, () => ask(bench, share),
    ({ per_s, p50_ms, p99_ms }) => `${Math.round(per_s)}/s, p50 ${p50_ms.toFixed(1)} ms, p99 ${p99_ms.toFixed(1)} ms`);
  await untilDrained(system);
  const cpu = differences(cpuSeconds(pids), before.cpu);
  if (errors) faults.push(`commands: ${errors}`);
  const after = await counts(bench);
  const made = after.transitions - before.counts.transitions;
  if (made !== leads * TRANSITIONS) faults.push(`commands: ${leads} leads were moved, with ${made} transitions in place of ${leads * TRANSITIONS}`);
  const told = after.events - before.counts.events;
  if (told < done) faults.push(`commands: ${done} were answered, but there are only ${told} events more`);
  const baseline_per_s = await terminal.step('  baseline', () => baseline.measure(CLIENTS, share.seconds), (rate) => `${Math.round(rate)}/s`);
  return {
    ...sample, clients: CLIENTS, baseline_per_s, cpu_us_per_command: Object.fromEntries(Object.entries(cpu).map(([process, used]) => [process, (used * 1e6) / done])),
  };
}

async function counts({ system: { database } }: Bench): Promise<{ transitions: number; events: number }> {
  return (await database.query<{ transitions: number; events: number }>(`
    select (select count(*) from qualification.transition)::int as transitions, (select count(*) from qualification.outbox)::int as events`)).rows[0]!;
}
