import { existsSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { Instance } from '../instance/instance';
import { RunError } from '../instance/run-error';
import { lookInto, type System } from '../instance/system';
import { makeTenant } from '../instance/tenant';
import type { Cleanups } from '../launcher/cleanups';
import type { Terminal } from '../launcher/terminal';
import { Baselines } from './baseline/baselines';
import { TENANT, type Bench } from './bench';
import { runConversionSuite } from './conversion/conversion-suite';
import { conversionFigures, type ConversionSuiteNumbers } from './conversion/conversion-summary';
import { countable, type Figure } from './figures/figures';
import { runGrowthSuite } from './growth/growth-suite';
import { growthFigures, type GrowthNumbers } from './growth/growth-summary';
import { runIntakeSuite } from './intake/intake-suite';
import { intakeFigures, type IntakeSuiteNumbers } from './intake/intake-summary';
import { People } from './load/people';
import { bestTool, Load } from './load/run-load';
import type { Options, Suite } from './options';
import { runPipelineSuite } from './pipeline/pipeline-suite';
import { pipelineFigures, type PipelineNumbers } from './pipeline/pipeline-summary';
import { runQualificationSuite } from './qualification/qualification-suite';
import { qualificationFigures, type QualificationNumbers } from './qualification/qualification-summary';
import { runRoutingSuite } from './routing/routing-suite';
import { routingFigures, type RoutingNumbers } from './routing/routing-summary';
import { runScoringSuite } from './scoring/scoring-suite';
import { scoringFigures, type ScoringNumbers } from './scoring/scoring-summary';
import { requireDurable } from './watching/durability';
import { HighWater } from './watching/high-water';

/** Where and how it was measured. */
export interface Surroundings {
  at: string;
  rounds: number;
  seconds: number;
  load: string;
  processors: string;
  memory_gb: number;
  node: string;
  postgres: string;
  nats: string;
}

export interface Outcome extends Numbers {
  suite: Suite;
  surroundings: Surroundings;
  figures: Figure[];
  faults: string[];
}

type Numbers = Partial<PipelineNumbers & GrowthNumbers & IntakeSuiteNumbers & ConversionSuiteNumbers & ScoringNumbers & { routing: RoutingNumbers; qualification: QualificationNumbers }>;

const SUITES: Record<Suite, (bench: Bench) => Promise<Numbers & { figures: Figure[] }>> = {
  async pipeline(bench) {
    const numbers = await runPipelineSuite(bench);
    return { ...numbers, figures: pipelineFigures(numbers) };
  },
  async growth(bench) {
    const numbers = await runGrowthSuite(bench);
    return { ...numbers, figures: growthFigures(numbers) };
  },
  async intake(bench) {
    const numbers = await runIntakeSuite(bench);
    return { ...numbers, figures: intakeFigures(numbers) };
  },
  async routing(bench) {
    const routing = await runRoutingSuite(bench);
    return { routing, figures: routingFigures(routing) };
  },
  async conversion(bench) {
    const numbers = await runConversionSuite(bench);
    return { ...numbers, figures: conversionFigures(numbers) };
  },
  async scoring(bench) {
    const numbers = await runScoringSuite(bench);
    return { ...numbers, figures: scoringFigures(numbers) };
  },
  async qualification(bench) {
    const qualification = await runQualificationSuite(bench);
    return { qualification, figures: qualificationFigures(qualification) };
  },
};
const LEADS = '/api/v1/crm/leads';

/**
 * Starts a Headwater, measures it, and says what came of it. Everything that it starts is undone by `cleanups`.
 * @throws RunError when it can't be measured here
 */
export async function runBench(options: Options, terminal: Terminal, signal: AbortSignal, cleanups: Cleanups): Promise<Outcome> {
  if (!existsSync('/proc/self/smaps_rollup')) throw new RunError('The bench reads what processes use from /proc, which only Linux has');
  const instance = await terminal.step('Headwater', (say) => Instance.start({ name: 'bench' }, signal, say), ({ home }) => home.directory);
  cleanups.add(() => (options.keep ? terminal.line(`  Data and logs stay in ${instance.home.directory}`) : instance.remove()));
  cleanups.add(() => terminal.step('Stopping', () => instance.stop(), () => 'everything has ended'));
  const system = await lookInto(instance, signal, cleanups);
  await requireDurable(system.database);

  const bench = await equip(system, options, terminal);
  cleanups.add(await bench.baselines.prepare());
  const surroundings = await surroundingsOf(bench);
  const { figures, ...numbers } = await SUITES[options.suite](bench);
  return { suite: options.suite, surroundings, ...numbers, figures: countable(figures, bench.faults), faults: bench.faults };
}

async function equip(system: System, options: Options, terminal: Terminal): Promise<Bench> {
  const { instance, signal } = system;
  const people = new People();
  const templates = join(instance.home.directory, 'people.jsonl');
  people.writeTemplates(templates);
  const { keys } = await makeTenant(TENANT, instance.facts(), signal);
  const faults: string[] = [];
  const load = new Load(options.load ?? bestTool(), people, templates, signal);
  return {
    system, load, people, options, terminal, faults, gateway: { url: `${instance.facts().url}${LEADS}`, token: keys.api },
    baselines: new Baselines(system, load, templates, faults), memory: new HighWater(instance),
  };
}

async function surroundingsOf({ system: { database, connection }, load, options: { rounds, seconds } }: Bench): Promise<Surroundings> {
  const { rows } = await database.query<{ server_version: string }>('show server_version');
  const [{ model }] = cpus() as [ReturnType<typeof cpus>[number]];
  return {
    at: new Date().toISOString(), rounds, seconds, load: load.tool, processors: `${cpus().length} × ${model}`,
    memory_gb: Math.round(totalmem() / 1e9), node: process.version, postgres: rows[0]!.server_version,
    nats: connection.info?.version ?? 'unknown',
  };
}
