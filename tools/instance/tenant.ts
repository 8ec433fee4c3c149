import { join } from 'node:path';
import { ApiClient } from '../launcher/api-client';
import { readDemoDocuments } from '../launcher/demo/documents';
import type { RunFacts } from '../launcher/run-file';
import { REPOSITORY } from './instance';

/** How the tenant is reached: its administrator, and the keys that submissions come with. */
export interface Tenant {
  api: ApiClient;
  keys: { api: string; form: string };
}

const PATIENCE_MS = 30_000;

/** A tenant of our own, with the people and rules of the demo: everybody may be given leads, without a limit. */
export async function makeTenant(
  id: string, { url, operator_token }: Pick<RunFacts, 'url' | 'operator_token'>, signal: AbortSignal,
): Promise<Tenant> {
  const clientFor = (token: string): ApiClient => new ApiClient({ url, token, signal, patienceMs: PATIENCE_MS });
  const operator = clientFor(operator_token);
  await operator.send('POST', '/api/v1/admin/tenants', { id, name: id, currency: 'USD', time_zone: 'America/New_York' });
  const key = async (role: string): Promise<string> => {
    const { data } = await operator.send<{ key: string }>('POST', `/api/v1/admin/tenants/${id}/keys`, { name: role, role });
    return data.key;
  };
  const keys = { api: await key('admin'), form: await key('guest') };
  const api = clientFor(keys.api);
  const { routingSetup } = readDemoDocuments(join(REPOSITORY, 'tools', 'launcher', 'demo'));
  await api.send('PUT', '/api/v1/crm/routing/setup', routingSetup);
  return { api, keys };
}
