import { parseArgs } from 'node:util';
import { LauncherError } from '../launcher/launcher-error';

export const USAGE = `
Usage: npm run admin -- <command>

  tenant:create <id> [--name N] [--currency EUR] [--time-zone Europe/Berlin]
  tenant:list
  key:create <tenant> --role admin|manager|rep|integration|guest [--name N]
  key:list <tenant>
  key:revoke <tenant> <key-id>

Works on the instance that npm start runs here (HEADWATER_HOME says where), or on the one that HEADWATER_URL and
HEADWATER_OPERATOR_TOKEN name.
`;

export type Command =
  | { name: 'help' }
  | { name: 'tenant:create'; tenant: string; settings: { name?: string; currency?: string; time_zone?: string } }
  | { name: 'tenant:list' }
  | { name: 'key:create'; tenant: string; role: string; label: string }
  | { name: 'key:list'; tenant: string }
  | { name: 'key:revoke'; tenant: string; key: string };

interface Words {
  operands: string[];
  options: { name?: string; currency?: string; 'time-zone'?: string; role?: string; help?: boolean };
}

/** @throws LauncherError with what the command takes, or with the whole usage for one that doesn't exist */
export function readCommand(argv: string[]): Command {
  const { operands: [name, ...operands], options } = splitWords(argv);
  if (options.help || name === undefined || name === 'help') return { name: 'help' };
  const take = (...what: string[]): string[] => {
    if (operands.length === what.length) return operands;
    throw new LauncherError(`${name} takes ${what.map((word) => `<${word}>`).join(' ') || 'nothing'}`);
  };
  switch (name) {
    case 'tenant:create': {
      const [tenant] = take('id');
      const { currency, 'time-zone': time_zone } = options;
      return { name, tenant: tenant!, settings: { name: options.name, currency, time_zone } };
    }
    case 'tenant:list':
      take();
      return { name };
    case 'key:create': {
      const [tenant] = take('tenant');
      if (!options.role) throw new LauncherError('key:create needs --role: admin, manager, rep, integration or guest');
      return { name, tenant: tenant!, role: options.role, label: options.name ?? `${options.role} key` };
    }
    case 'key:list': {
      const [tenant] = take('tenant');
      return { name, tenant: tenant! };
    }
    case 'key:revoke': {
      const [tenant, key] = take('tenant', 'key-id');
      return { name, tenant: tenant!, key: key! };
    }
    default:
      throw new LauncherError(`There is no command ${name}.\n${USAGE}`.trimEnd());
  }
}

function splitWords(argv: string[]): Words {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: argv, allowPositionals: true,
      options: { name: text, currency: text, 'time-zone': text, role: text, help: { type: 'boolean' } },
    });
    return { operands: positionals, options: values };
  } catch (error) {
    throw new LauncherError(`${(error as Error).message.split('. ')[0]}; npm run admin -- help lists what there is`);
  }
}
