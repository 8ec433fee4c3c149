import type { ApiClient } from '../launcher/api-client';
import type { Command } from './command-line';

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

/** Does what the command says; answers with what there is to tell. @throws ApiRefusal with the API's own sentence */
export async function run(command: Exclude<Command, { name: 'help' }>, api: ApiClient): Promise<string> {
  switch (command.name) {
    case 'tenant:create': {
      const { data } = await api.send<Tenant>('POST', TENANTS, { id: command.tenant, ...command.settings });
      return `Tenant ${data.id} was created (${data.currency}, ${data.time_zone}).\n`
        + `Its first key: npm run admin -- key:create ${data.id} --role admin`;
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
  }
}

function keysOf(tenant: string): string {
  return `${TENANTS}/${encodeURIComponent(tenant)}/keys`;
}

function columns(titles: string[], rows: string[][]): string {
  const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  return [titles, ...rows].map((row) => row.map((text, column) => text.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n');
}
