import { parseArgs } from 'node:util';
import { LauncherError } from '../launcher/launcher-error';

export const USAGE = `
Usage: npm run admin -- <command>

  tenant:create <id> [--name N] [--currency EUR] [--time-zone Europe/Berlin]
  tenant:list
  key:create <tenant> --role admin|manager|rep|integration|guest [--name N]
  key:list <tenant>
  key:revoke <tenant> <key-id>

  dead-letters [--service S] [--discarded]              events that a service could not handle
  dead-letters:show <service> <id>
  dead-letters:replay <service> --all | <id> …          handles them again; what fails again stays
  dead-letters:discard <service> <id> --reason "…"
  republish <service> … [--tenant T]                    has services say again what they know, for a new or emptied consumer

Works on the instance that npm start runs here (HEADWATER_HOME says where), or on the one that HEADWATER_URL and
HEADWATER_OPERATOR_TOKEN name.
`;

export type Command =
  | { name: 'help' }
  | { name: 'tenant:create'; tenant: string; settings: { name?: string; currency?: string; time_zone?: string } }
  | { name: 'tenant:list' }
  | { name: 'key:create'; tenant: string; role: string; label: string }
  | { name: 'key:list'; tenant: string }
  | { name: 'key:revoke'; tenant: string; key: string }
  | { name: 'dead-letters'; service: string | undefined; discarded: boolean }
  | { name: 'dead-letters:show'; service: string; id: string }
  /** without ids: all */
  | { name: 'dead-letters:replay'; service: string; ids: number[] }
  | { name: 'dead-letters:discard'; service: string; id: string; reason: string }
  | { name: 'republish'; services: string[]; tenant: string | undefined };

interface Words {
  operands: string[];
  options: {
    name?: string; currency?: string; 'time-zone'?: string; role?: string; service?: string; tenant?: string; reason?: string;
    all?: boolean; discarded?: boolean; help?: boolean;
  };
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
    case 'dead-letters':
      take();
      return { name, service: options.service, discarded: options.discarded ?? false };
    case 'dead-letters:show': {
      const [service, id] = take('service', 'id');
      return { name, service: service!, id: id! };
    }
    case 'dead-letters:replay':
      return { name, ...lettersToReplay(operands, options.all ?? false) };
    case 'dead-letters:discard': {
      const [service, id] = take('service', 'id');
      if (!options.reason) throw new LauncherError('dead-letters:discard needs --reason: why the event need not be handled');
      return { name, service: service!, id: id!, reason: options.reason };
    }
    case 'republish': {
      if (operands.length === 0) throw new LauncherError('republish takes <service>, one or more');
      return { name, services: operands, tenant: options.tenant };
    }
    default:
      throw new LauncherError(`There is no command ${name}.\n${USAGE}`.trimEnd());
  }
}

/** Ids, or `--all`: one of the two, so that nobody replays everything by leaving something out. */
function lettersToReplay([service, ...ids]: string[], all: boolean): { service: string; ids: number[] } {
  if (service === undefined || all === ids.length > 0 || !ids.every((id) => /^[1-9]\d{0,14}$/.test(id))) {
    throw new LauncherError('dead-letters:replay takes <service>, and either --all or ids of its dead letters');
  }
  return { service, ids: ids.map(Number) };
}

function splitWords(argv: string[]): Words {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: argv, allowPositionals: true,
      options: {
        name: text, currency: text, 'time-zone': text, role: text, service: text, tenant: text, reason: text,
        all: flag, discarded: flag, help: flag,
      },
    });
    return { operands: positionals, options: values };
  } catch (error) {
    throw new LauncherError(`${(error as Error).message.split('. ')[0]}; npm run admin -- help lists what there is`);
  }
}
