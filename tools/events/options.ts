import { isTenantId, type Lane } from '@headwater/contracts';
import { flag, must, readCommandLine, text } from '../instance/command-line';

export interface Options {
  /** `lead.scored`, `lead.*`; none for all */
  types: string[];
  lead?: number;
  tenant?: string;
  lane?: Lane;
  /** `now` is what comes from now on; a number of milliseconds is what came within them, too; `start` is all that there is */
  from: 'now' | 'start' | number;
  /** whole envelopes, one JSON document a line */
  data: boolean;
  help: boolean;
}

export const HELP = `
Usage: npm run events:tail -- [--type T]… [--lead ID] [--tenant T] [--lane live|bulk] [--since 10m | --from-start] [--data]

Prints the events of a running Headwater as they pass, until Ctrl-C.

  --type T       lead.scored, or with a wildcard lead.*; may be given several times
  --lead ID      what concerns this lead
  --tenant T     of this tenant
  --lane L       live, or bulk: imports, re-scores and what is said again
  --since 10m    what came within the last ten minutes, too (s, m, h, d)
  --from-start   everything that the stream still holds, too (30 days)
  --data         the whole events, one JSON document a line; personal data is in them
  --help         this text

Without --data no personal data is printed. Looks at the instance that npm start runs here (HEADWATER_HOME says where), or at the
servers in NATS_URL, as NATS_USER with NATS_PASSWORD where they are given.
`;

const MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** @throws RunError in one sentence */
export function readOptions(argv: string[]): Options {
  const { type: types = [], lead, tenant, lane, since, 'from-start': fromStart = false, data = false, help = false } = parse(argv);
  for (const type of types) {
    must(/^([a-z_]+|\*)\.([a-z_]+|\*)$/.test(type), `--type takes a type like lead.scored or lead.*, not ${type || 'nothing'}`);
  }
  must(lead === undefined || /^[1-9]\d{0,14}$/.test(lead), `--lead takes the id of a lead, not ${lead || 'nothing'}`);
  must(tenant === undefined || isTenantId(tenant), `--tenant takes the id of a tenant, not ${tenant || 'nothing'}`);
  must(lane === undefined || lane === 'live' || lane === 'bulk', `--lane takes live or bulk, not ${lane || 'nothing'}`);
  must(since === undefined || !fromStart, '--since and --from-start exclude each other');
  return {
    types, lead: lead === undefined ? undefined : Number(lead), tenant, lane: lane as Lane | undefined,
    from: fromStart ? 'start' : since === undefined ? 'now' : duration(since), data, help,
  };
}

const parse = (argv: string[]) => readCommandLine('npm run events:tail --', {
  args: argv,
  options: {
    type: { ...text, multiple: true }, lead: text, tenant: text, lane: text, since: text, 'from-start': flag, data: flag, help: flag,
  },
}).values;

function duration(given: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(given) ?? [];
  must(count !== undefined, `--since takes a time like 30s, 10m, 2h or 1d, not ${given || 'nothing'}`);
  return Number(count) * MS[unit as keyof typeof MS];
}
