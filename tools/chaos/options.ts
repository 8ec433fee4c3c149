import { flag, readCommandLine, text, wholeNumber } from '../instance/command-line';
import { RunError } from '../instance/run-error';
import { fewestLeads } from './schedule';

export const SABOTAGES = ['no-inbox', 'no-outbox', 'ack-first', 'no-spool'] as const;
export type Sabotage = (typeof SABOTAGES)[number];

export interface Options {
  /** submissions to be sent */
  leads: number;
  seed: number;
  /** where the numbers are written */
  json?: string;
  loseBroker: boolean;
  /** a promise that the services are to break */
  sabotage?: Sabotage;
  /** seconds for which PostgreSQL is kept down once */
  outage: number;
  /** leave data and logs */
  keep: boolean;
  help: boolean;
}

export const HELP = `
Usage: npm run chaos -- [--leads N] [--seed N] [--json FILE] [--outage S] [--lose-broker] [--sabotage WHAT] [--keep]

Sends leads to a Headwater of its own while it kills every process of it, and counts what became of them.

  --leads N        submissions to be sent (5000)
  --seed N         decides who is sent, and when what is killed (1)
  --json FILE      writes the numbers, with every kill
  --outage S       seconds for which PostgreSQL is kept down once (30)
  --lose-broker    halfway, deletes all that the broker has stored, and awaits that it is published again
  --sabotage WHAT  ${SABOTAGES.join(', ')}: lets the services break a promise; succeeds when that is noticed
  --keep           leaves data and logs, and says where
  --help           this text

Ends with 0 when everything that was accepted is there, once, scored, routed and settled; else with 1.
`;

/** @throws RunError in one sentence */
export function readOptions(argv: string[]): Options {
  const values = parse(argv);
  const loseBroker = values['lose-broker'] ?? false;
  return {
    leads: wholeNumber('--leads', values.leads ?? '5000', fewestLeads(loseBroker ? 2 : 1)),
    seed: wholeNumber('--seed', values.seed ?? '1', 0),
    outage: wholeNumber('--outage', values.outage ?? '30', 1),
    json: values.json, loseBroker, sabotage: sabotageNamed(values.sabotage), keep: values.keep ?? false, help: values.help ?? false,
  };
}

const parse = (argv: string[]) => readCommandLine('npm run chaos --', {
  args: argv,
  options: { leads: text, seed: text, json: text, outage: text, sabotage: text, 'lose-broker': flag, keep: flag, help: flag },
}).values;

function sabotageNamed(given: string | undefined): Sabotage | undefined {
  const sabotage = SABOTAGES.find((name) => name === given);
  if (given !== undefined && !sabotage) throw new RunError(`--sabotage takes ${SABOTAGES.join(', ')}, not ${given || 'nothing'}`);
  return sabotage;
}
