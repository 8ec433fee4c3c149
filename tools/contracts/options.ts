import { flag, readCommandLine } from '../instance/command-line';

export interface Options {
  /** makes the present contracts the released ones */
  release: boolean;
  help: boolean;
}

export const HELP = `
Usage: npm run contracts [-- --release]

Writes docs/events from libs/contracts (a JSON Schema per event, the AsyncAPI document, the table in the README),
docs/api/openapi.json from what the gateway's controllers declare, the table of docs/configuration.md from the variables that
services declare, that of docs/status-machine.md from qualification's, and deploy/nats/permissions.conf from what services
publish, ask and listen to.

  --release   makes the present contracts the released ones, which later ones are held to; refused when they would break
              somebody who reads what was released
  --help      this text
`;

/** @throws RunError in one sentence */
export function readOptions(argv: string[]): Options {
  const { release = false, help = false } = readCommandLine('npm run contracts --', { args: argv, options: { release: flag, help: flag } }).values;
  return { release, help };
}
