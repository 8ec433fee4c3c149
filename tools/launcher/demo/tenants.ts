import { ApiClient, ApiRefusal } from '../api-client';
import type { DemoKeys } from '../secrets';

export const DEMO_TENANT = 'demo';
const OTHER_TENANT = 'other';

const TENANTS = [
  { id: DEMO_TENANT, name: 'Demo', currency: 'USD', time_zone: 'America/New_York' },
  { id: OTHER_TENANT, name: 'Other', currency: 'EUR', time_zone: 'Europe/Berlin' },
];

/** Which key is of which tenant, with which role. */
const KEYS = {
  api_key: { tenant: DEMO_TENANT, name: 'demo api key', role: 'admin' },
  form_key: { tenant: DEMO_TENANT, name: 'demo form key', role: 'guest' },
  other_tenant_api_key: { tenant: OTHER_TENANT, name: 'other api key', role: 'admin' },
} as const satisfies Record<keyof DemoKeys, { tenant: string; name: string; role: string }>;

/** The demo tenant, and an empty second one to see that tenants don't see each other. */
export async function makeTenants(operator: ApiClient): Promise<void> {
  for (const tenant of TENANTS) {
    try {
      await operator.send('POST', '/api/v1/admin/tenants', tenant);
    } catch (error) {
      if (!(error instanceof ApiRefusal && error.code === 'tenant_exists')) throw error;
    }
  }
}

/** The keys of both tenants: those of former starts as long as they are good, so that what people noted down goes on. */
export async function makeKeys(
  operator: ApiClient, known: Partial<DemoKeys>, clientFor: (key: string) => ApiClient,
): Promise<DemoKeys> {
  const keys: Partial<DemoKeys> = {};
  for (const [name, key] of Object.entries(KEYS) as [keyof DemoKeys, (typeof KEYS)[keyof DemoKeys]][]) {
    const former = known[name];
    keys[name] = former && (await isGood(clientFor(former))) ? former : await makeKey(operator, key);
  }
  return keys as DemoKeys;
}

async function makeKey(operator: ApiClient, { tenant, name, role }: (typeof KEYS)[keyof DemoKeys]): Promise<string> {
  const { data } = await operator.send<{ key: string }>('POST', `/api/v1/admin/tenants/${tenant}/keys`, { name, role });
  return data.key;
}

/** A form key may not read, and 403 says so; only 401 says that the key is unknown or revoked. */
async function isGood(client: ApiClient): Promise<boolean> {
  try {
    await client.get('/api/v1/crm/leads?limit=1');
    return true;
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    return error.status !== 401;
  }
}
