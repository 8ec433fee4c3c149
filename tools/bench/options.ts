import { flag, readCommandLine, text, wholeNumber } from '../instance/command-line';
import { RunError } from '../instance/run-error';
import { LOAD_TOOLS, type LoadTool } from './load/run-load';

export const SUITES = ['pipeline', 'growth', 'intake', 'routing', 'conversion', 'scoring', 'qualification'] as const;
export type Suite = (typeof SUITES)[number];
export const PARTS = ['intake', 'pipeline'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  suite: Suite;
  rounds: number;
  /** of the suites `growth` and `intake`: as many leads as are present in the end; of `routing`: as are shared out; of `scoring`: as are scored anew;
   * of `qualification`: as are present, a tenth of them nurtured until a day, a hundredth until the next minute */
  leads: number;
  /** of the suite `intake`: rows of the file that is imported */
  rows: number;
  /** of the suite `conversion`: as many customers as are present while leads are converted, and while they are looked for */
  customers: number;
  searchCustomers: number;
  /** of each measurement */
  seconds: number;
  /** the parts of the suite `pipeline` that are measured */
  parts: readonly Part[];
  /** where the numbers are written */
  json?: string;
  /** what sends; the best that is installed when left out */
  load?: LoadTool;
  /** leave data and logs */
  keep: boolean;
  help: boolean;
}

export const HELP = `
Usage: npm run bench -- [SUITE] [--rounds N] [--seconds S] [--only PART] [--leads N] [--rows N] [--customers N] [--search-customers N] [--json FILE] [--load TOOL] [--keep]

Measures a Headwater of its own, on this machine and with everything durable, beside what anybody would write instead.

  SUITE        pipeline (when left out): intake, and the way from captured to routed, in some ten minutes
               growth: both with 10 thousand, 100 thousand and a million leads present, and memory under a backlog
               intake: how long a lead takes to be captured with as many present, and the import of a large file
               routing: leads routed per second, how long a decision takes, how fairly 100,000 leads are shared out
               conversion: leads that become customers among many others, and looking for those
               scoring: a million leads scored anew by another model while others come in, signals, and reads
               qualification: commands on leads among a million, and how late those come back whose day has come
  --rounds N   how often everything is measured; medians are told (5; growth: 3)
  --seconds S  how long each measurement takes (3)
  --only PART  intake or pipeline: that part of the suite pipeline alone
  --leads N    of the suites growth, intake, scoring and qualification: the most leads, in place of a million; the other numbers shrink with it;
               of the suite routing: as many leads as are shared out, in place of 100,000
  --rows N     of the suite intake: rows of the file, in place of 200,000
  --customers N, --search-customers N
               of the suite conversion: present while leads are converted (100,000), and while customers are looked for (1,000,000)
  --json FILE  writes the numbers
  --load TOOL  wrk or node: what sends (wrk where it is installed)
  --keep       leaves data and logs, and says where
  --help       this text

Nothing else should run meanwhile. Ends with 0 when every figure is as good as its goal, else with 1.
`;

/** What is measured leaves leads behind: over many rounds, more than the fewest of the suite `growth`. */
const DEFAULT_ROUNDS: Record<Suite, string> = { pipeline: '5', growth: '3', intake: '1', routing: '1', conversion: '1', scoring: '1', qualification: '1' };
const A_MILLION = '1000000';
const DEFAULT_LEADS: Record<Suite, string> = { pipeline: A_MILLION, growth: A_MILLION, intake: A_MILLION, routing: '100000', conversion: A_MILLION, scoring: A_MILLION,
  qualification: A_MILLION };
const FEWEST_LEADS = 10_000;
const FEWEST_CUSTOMERS = 1_000;
/** Fewer are done before anything can be seen. */
const FEWEST_ROWS = 2_000;

/** @throws RunError in one sentence */
export function readOptions(argv: string[]): Options {
  const { values, positionals } = parse(argv);
  if (positionals.length > 1) throw new RunError(`There is one suite at a time, not ${positionals.join(' and ')}`);
  const only = oneOf('--only', PARTS, values.only);
  const suite = oneOf('The suite', SUITES, positionals[0]) ?? 'pipeline';
  return {
    suite,
    rounds: wholeNumber('--rounds', values.rounds ?? DEFAULT_ROUNDS[suite], 1),
    leads: wholeNumber('--leads', values.leads ?? DEFAULT_LEADS[suite], FEWEST_LEADS),
    rows: wholeNumber('--rows', values.rows ?? '200000', FEWEST_ROWS),
    customers: wholeNumber('--customers', values.customers ?? '100000', FEWEST_CUSTOMERS),
    searchCustomers: wholeNumber('--search-customers', values['search-customers'] ?? '1000000', FEWEST_CUSTOMERS),
    seconds: wholeNumber('--seconds', values.seconds ?? '3', 1),
    parts: only ? [only] : PARTS,
    json: values.json, load: oneOf('--load', LOAD_TOOLS, values.load), keep: values.keep ?? false, help: values.help ?? false,
  };
}

const parse = (argv: string[]) => readCommandLine('npm run bench --', {
  args: argv, allowPositionals: true,
  options: {
    rounds: text, seconds: text, leads: text, rows: text, customers: text, 'search-customers': text, only: text, json: text, load: text, keep: flag, help: flag,
  },
});

function oneOf<Choice extends string>(what: string, choices: readonly Choice[], given: string | undefined): Choice | undefined {
  const chosen = choices.find((choice) => choice === given);
  if (given === undefined || chosen) return chosen;
  throw new RunError(`${what} takes ${choices.join(' or ')}, not ${given || 'nothing'}`);
}
