import { parseArgs } from 'node:util';
import { LauncherError } from './launcher-error';

export interface Options {
  /** of the gateway */
  port: number;
  /** make the demo tenant and send sample leads */
  demo: boolean;
  help: boolean;
}

export const HELP = `
Usage: npm start -- [--port N] [--no-demo]

  --port N     port of the API (8080)
  --no-demo    no demo tenant, no sample leads
  --help       this text

Environment:
  HEADWATER_HOME   where data, logs and run.json live (.headwater in the repository); one running instance each
  DATABASE_URL     a PostgreSQL of yours in place of the one that is brought along
  NATS_URL         a nats-server of yours, with JetStream, in place of the one that is brought along
  LOG_LEVEL        of the services (warn)
`;

const DEFAULT_PORT = 8080;

/** @throws LauncherError for what the command line doesn't know */
export function readOptions(argv: string[]): Options {
  const { port, 'no-demo': noDemo, help } = parse(argv);
  return { port: port === undefined ? DEFAULT_PORT : readPort(port), demo: !noDemo, help: help ?? false };
}

function parse(argv: string[]): { port?: string; 'no-demo'?: boolean; help?: boolean } {
  try {
    return parseArgs({
      args: argv,
      options: { port: { type: 'string' }, 'no-demo': { type: 'boolean' }, help: { type: 'boolean' } },
    }).values;
  } catch (error) {
    throw new LauncherError(`${(error as Error).message.split('. ')[0]}; npm start -- --help lists what there is`);
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new LauncherError(`--port takes a number from 1 to 65535, not ${text}`);
}
