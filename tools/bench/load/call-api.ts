import { setTimeout as delay } from 'node:timers/promises';
import { RunError } from '../../instance/run-error';
import type { Bench } from '../bench';

const PAUSE_MS = 200;

/**
 * A request to the API of the bench's tenant, which must be repeatable: one that isn't answered in time (503) is sent again, as any caller would.
 * @param path below /api/v1/crm/
 * @throws RunError with the answer that isn't good
 */
export async function callApi<Data>(bench: Bench, method: string, path: string, body?: object): Promise<Data> {
  const { gateway, system: { signal } } = bench;
  const response = await fetch(gateway.url.replace(/leads$/, path), {
    method, signal, headers: { authorization: `Bearer ${gateway.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (response.status === 503) {
    await delay(PAUSE_MS, undefined, { signal });
    return callApi(bench, method, path, body);
  }
  if (!response.ok) throw new RunError(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
  return (JSON.parse(text) as { data: Data }).data;
}
