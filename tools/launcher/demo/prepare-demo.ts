import { ApiClient } from '../api-client';
import type { DemoKeys } from '../secrets';
import type { Say } from '../terminal';
import type { DemoDocuments } from './documents';
import { signRepToken } from './rep-token';
import { DEMO_TENANT, makeKeys, makeTenants } from './tenants';

/** What people and tools need to use the demo. */
export interface Demo extends DemoKeys {
  tenant: string;
  /** null when the demo has no reps */
  rep_token: string | null;
}

/** Ready services have not done any work yet: the first request may find one still warming up. */
export const PATIENCE_MS = 20_000;

interface Wanted {
  url: string;
  operatorToken: string;
  jwtSecret: string;
  knownKeys: Partial<DemoKeys>;
  documents: DemoDocuments;
  signal: AbortSignal;
  say: Say;
}

/**
 * Tenants, keys, rules and scoring model, through the API like anybody's. May be repeated; what people changed in a demo
 * that has leads already stays as they left it.
 * @returns the demo, and whether it is new: without any lead
 */
export async function prepareDemo({ url, documents, signal, say, ...wanted }: Wanted): Promise<{ demo: Demo; isNew: boolean }> {
  const clientFor = (token: string): ApiClient => new ApiClient({ url, token, signal, patienceMs: PATIENCE_MS });
  const operator = clientFor(wanted.operatorToken);
  say('making tenants and keys');
  await makeTenants(operator);
  const keys = await makeKeys(operator, wanted.knownKeys, clientFor);
  const admin = clientFor(keys.api_key);
  const isNew = (await admin.get<unknown[]>('/api/v1/crm/leads?limit=1')).length === 0;
  if (isNew) {
    say('writing routing rules and scoring model');
    if (documents.routingSetup) await admin.send('PUT', '/api/v1/crm/routing/setup', documents.routingSetup);
    if (documents.scoringModel) await admin.send('PUT', '/api/v1/crm/scoring/model', documents.scoringModel);
  }
  const rep = documents.routingSetup?.reps[0];
  const rep_token = rep ? await signRepToken(rep, DEMO_TENANT, wanted.jwtSecret) : null;
  return { demo: { ...keys, tenant: DEMO_TENANT, rep_token }, isNew };
}
