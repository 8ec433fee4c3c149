import type { Terminal } from '../launcher/terminal';
import type { Figure } from './figures/figures';
import type { IntakeNumbers, PipelineNumbers } from './pipeline/pipeline-summary';
import type { Outcome } from './run-bench';

/** The launcher isn't counted in the total. */
const LAST = ['total', 'launcher'];
/** Lines of a table before its first row. */
const HEAD = 2;

/** Everything that was measured, for people: 100 columns at most. */
export function linesOf(outcome: Outcome, terminal: Terminal): string[] {
  const { surroundings: { rounds, seconds, load, processors, node, postgres, nats }, faults, figures } = outcome;
  return [
    '',
    `  ${processors}; Node ${node}, PostgreSQL ${postgres}, nats-server ${nats}`,
    `  sent by ${load}; medians of ${rounds} rounds of ${seconds} s each`,
    ...intakeLines(outcome.intake), ...baselineLines(outcome.baselines), ...growthLines(outcome), ...conversionLines(outcome), ...scoringLines(outcome),
    ...qualificationLines(outcome),
    ...processLines(outcome),
    ...figureLines(figures, terminal),
    ...faults.map((fault) => terminal.emphasize('red', `  ✗ ${fault}`)),
    '', terminal.emphasize(isGood(figures) ? 'green' : 'red', `  ${conclusionOf(figures, faults)}`), '',
  ];
}

export function conclusionOf(figures: readonly Figure[], faults: readonly string[]): string {
  if (faults.length > 0) return 'No figure counts: what was accepted is not what is there.';
  const missing = figures.filter(({ holds }) => !holds).length;
  return missing === 0 ? 'Every figure is as good as its goal.' : `${missing} of ${figures.length} figures miss their goal.`;
}

const isGood = (figures: readonly Figure[]): boolean => figures.every(({ holds }) => holds);

function intakeLines(intake: readonly IntakeNumbers[] = []): string[] {
  if (intake.length === 0) return [];
  const titles = ['intake', 'clients', 'leads/s', 'p50 ms', 'p95 ms', 'p99 ms', 'errors', 'load µs/lead', 'baseline', 'ratio'];
  return tableOf(titles, intake.map((row) => [
    row.mode === 'paused' ? 'paused' : 'running', String(row.concurrency), whole(row.leads_per_s), tenths(row.p50_ms), tenths(row.p95_ms),
    tenths(row.p99_ms), String(row.errors), whole(row.load_cpu_us_per_lead), whole(row.baseline_leads_per_s), row.ratio.toFixed(2),
  ]));
}

function baselineLines(baselines: PipelineNumbers['baselines'] | undefined): string[] {
  if (!baselines) return [];
  const { pg_loop_leads_per_s: loop, batched_leads_per_s: batched, plain_http_leads_per_s: http, pools } = baselines;
  return tableOf(['baseline', 'pool', 'leads/s'], [
    ['pg loop', String(pools.loop), whole(loop)], ['batched', String(pools.loop), whole(batched)],
    ...Object.entries(http).map(([clients, leads]) => [`plain HTTP, ${clients} clients`, String(pools.http), whole(leads)]),
  ]);
}

function processLines({ rss_mb = {}, cpu_us_per_lead, pipeline }: Outcome): string[] {
  if (Object.keys(rss_mb).length === 0) return [];
  const names = Object.keys(rss_mb).filter((name) => !LAST.includes(name)).sort();
  const rows = [...names, ...LAST.filter((name) => name in rss_mb)].map((name) =>
    [name, whole(rss_mb[name]!), cpu_us_per_lead ? whole(cpu_us_per_lead[name]!) : '']);
  const pipelineRows = pipeline ? [
    '', `  pipeline: ${whole(pipeline.leads_per_s)} leads/s routed, ${whole(pipeline.fsyncs_per_s)} fsyncs/s;`
      + ` at 20 leads/s captured to routed p50 ${tenths(pipeline.captured_to_routed_p50_ms)} ms,`
      + ` p99 ${tenths(pipeline.captured_to_routed_p99_ms)} ms`,
  ] : [];
  return [...tableOf(['process', 'MB', 'CPU µs/lead'], rows), ...pipelineRows];
}

function growthLines({ growth, backlogs }: Outcome): string[] {
  if (!growth || !backlogs) return [];
  return [
    ...tableOf(['leads present', 'leads/s routed', 'intake p50 ms'], growth.map(({ leads, pipeline_leads_per_s, intake_p50_ms }) =>
      [String(leads), whole(pipeline_leads_per_s), tenths(intake_p50_ms)])),
    ...tableOf(['backlog of events', 'services MB', 'consumed in s'], backlogs.map(({ events, services_mb, consumed_in_s }) =>
      [String(events), whole(services_mb), whole(consumed_in_s)])),
  ];
}

function conversionLines({ conversions, searches, customers }: Outcome): string[] {
  if (!conversions || !searches) return [];
  const costs = conversions.at(-1)?.cpu_us_per_conversion ?? {};
  return [
    ...tableOf([`conversions, ${customers} customers`, 'clients', '/s', 'p50 ms', 'p99 ms', 'baseline /s', 'CPU µs'], conversions.map((row) => [
      row.opportunity ? 'with opportunity' : 'customer only', String(row.clients), whole(row.conversions_per_s), tenths(row.p50_ms), tenths(row.p99_ms),
      whole(row.baseline_per_s), whole(Object.values(row.cpu_us_per_conversion).reduce((sum, used) => sum + used, 0)),
    ])),
    ...tableOf(['process', 'CPU µs/conversion'], Object.entries(costs).map(([name, used]) => [name, whole(used)])),
    ...tableOf(['search by', 'customers', 'p50 ms', 'p99 ms'], searches.map((row) => [row.by, String(row.customers), tenths(row.p50_ms), tenths(row.p99_ms)])),
  ];
}

function scoringLines({ idle, rescores, signals, score_lead, read_as_of }: Outcome): string[] {
  if (!idle || !rescores || !signals || !score_lead || !read_as_of) return [];
  const rows = [['nothing', idle], ['re-score, none changes', rescores.unchanged.live], ['re-score, each changes', rescores.changed.live]] as const;
  return [
    ...tableOf(['meanwhile', 'leads posted', 'routed p50 ms', 'p99 ms'], rows.map(([name, { leads, p50_ms, p99_ms }]) =>
      [name, String(leads), tenths(p50_ms), tenths(p99_ms)])),
    '', `  scoreLead: ${whole(score_lead.operations_per_s)} operations/s; a score as of some day: p50 ${tenths(read_as_of.p50_ms)} ms, p99 ${tenths(read_as_of.p99_ms)} ms;`
      + ` ${whole(signals.accepted_per_s)} signals/s answered`,
  ];
}

function qualificationLines({ qualification }: Outcome): string[] {
  if (!qualification) return [];
  const { commands: { per_s, p50_ms, p99_ms, by_command, cpu_us_per_command }, leads } = qualification;
  return [
    ...tableOf([`commands, ${leads} leads`, 'p50 ms', 'p99 ms'], [
      [`all of them, ${whole(per_s)}/s`, tenths(p50_ms), tenths(p99_ms)], ...by_command.map((row) => [row.command, tenths(row.p50_ms), tenths(row.p99_ms)])]),
    ...tableOf(['process', 'CPU µs/command'], Object.entries(cpu_us_per_command).map(([name, used]) => [name, whole(used)])),
  ];
}

function figureLines(figures: readonly Figure[], terminal: Terminal): string[] {
  const lines = tableOf(['figure', 'value', 'goal', 'baseline'], figures.map(({ name, value, unit, goal, baseline }) =>
    [name, `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`, `${goal} ${unit}`, baseline === null ? '' : whole(baseline)]));
  return lines.map((line, index) => {
    const figure = figures[index - HEAD];
    return figure ? `  ${figure.holds ? terminal.emphasize('green', '✓') : terminal.emphasize('red', '✗')}${line.slice(1)}` : line;
  });
}

/** An empty line, the titles and the rows; the first column is flush left, the others right. */
export function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((text, column) => (column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!))).join('  ')}`.trimEnd();
  return ['', line(titles), ...rows.map(line)];
}

const whole = (value: number): string => String(Math.round(value));
const tenths = (value: number): string => value.toFixed(1);
