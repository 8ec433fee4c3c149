import type { ApiClient } from '../launcher/api-client';
import { columns } from './columns';
import type { Command } from './command-line';
import { discardDeadLetter, listDeadLetters, replayDeadLetters, showDeadLetter } from './dead-letters';
import { republishAll } from './republish';

interface Tenant {
  id: string;
  name: string | null;
  currency: string;
  time_zone: string;
}

interface ApiKey {
  id: number;
  name: string;
  role: string;
  created_at: string;
  revoked_at?: string | null;
}

const TENANTS = '/api/v1/admin/tenants';

/** What a command line begins with that is to reach the same Headwater. */
const sameHome = (): string => (process.env.HEADWATER_HOME ? `HEADWATER_HOME=${process.env.HEADWATER_HOME} ` : '');

/**
 * Does what the command says; answers with what there is to tell.
 * @param tell hears how far a long one is
 * @throws ApiRefusal with the API's own sentence
 */
export async function run(
  command: Exclude<Command, { name: 'help' }>, api: ApiClient, tell: (progress: string) => void,
): Promise<string> {
  switch (command.name) {
    case 'tenant:create': {
      const { data } = await api.send<Tenant>('POST', TENANTS, { id: command.tenant, ...command.settings });
      return `Tenant ${data.id} was created (${data.currency}, ${data.time_zone}).\n`
        + `Its first key: ${sameHome()}npm run admin -- key:create ${data.id} --role admin`;
    }
    case 'tenant:list': {
      const tenants = await api.list<Tenant>(TENANTS);
      return columns(['TENANT', 'NAME', 'CURRENCY', 'TIME ZONE'],
        tenants.map(({ id, name, currency, time_zone }) => [id, name ?? '', currency, time_zone]));
    }
    case 'key:create': {
      const wanted = { name: command.label, role: command.role };
      const { data } = await api.send<ApiKey & { key: string }>('POST', keysOf(command.tenant), wanted);
      return `${data.key}\nKey ${data.id} of ${command.tenant} (${data.role}). It is shown only now: keep it.`;
    }
    case 'key:list': {
      const keys = await api.list<ApiKey>(keysOf(command.tenant));
      return columns(['KEY', 'NAME', 'ROLE', 'CREATED', 'REVOKED'],
        keys.map(({ id, name, role, created_at, revoked_at }) => [String(id), name, role, created_at, revoked_at ?? '']));
    }
    case 'key:revoke':
      await api.send('DELETE', `${keysOf(command.tenant)}/${encodeURIComponent(command.key)}`);
      return `Key ${command.key} of ${command.tenant} is revoked.`;
    case 'dead-letters': return listDeadLetters(api, command);
    case 'dead-letters:show': return showDeadLetter(api, command.service, command.id);
    case 'dead-letters:replay': return replayDeadLetters(api, command.service, command.ids, tell);
    case 'dead-letters:discard': return discardDeadLetter(api, command.service, command.id, command.reason);
    case 'republish': return republishAll(api, command.services, command.tenant, tell);
  }
}

function keysOf(tenant: string): string {
  return `${TENANTS}/${encodeURIComponent(tenant)}/keys`;
}
