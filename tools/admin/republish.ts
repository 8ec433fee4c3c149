import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from '../launcher/api-client';

interface Part {
  published: number;
  next?: number | null;
}

/** The relay has much to send: what is live goes first. */
const PAUSE_MS = 500;

/** Has services say again what they know, one after the other. @param tell hears how far each is */
export async function republishAll(
  api: ApiClient, services: string[], tenant: string | undefined, tell: (progress: string) => void,
): Promise<string> {
  const said: string[] = [];
  for (const service of services) said.push(await republish(api, service, tenant, tell));
  return said.join('\n');
}

/** Part by part. */
async function republish(api: ApiClient, service: string, tenant: string | undefined, tell: (progress: string) => void): Promise<string> {
  let published = 0;
  for (let after: number | null = 0; after !== null;) {
    const { data }: { data: Part } = await api.send<Part>('POST', `/api/v1/admin/republish/${encodeURIComponent(service)}`, { tenant, after });
    published += data.published;
    if (data.published > 0) tell(`${published} states published`);
    else if (data.next != null) await delay(PAUSE_MS);
    after = data.next ?? null;
  }
  return `${service} said again what it knows${tenant ? ` of ${tenant}` : ''}: ${published} states.`;
}
