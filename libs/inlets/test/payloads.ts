import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Connector, ConnectorSettings, InboundRequest } from '../src';
import { leadOf, nestedFields } from '../src';

/** Samples of vendors' payloads; they are no part of the project, and may lie beside it or above. */
export function payload(file: string, above = __dirname): string | null {
  const path = join(above, 'shared/data/payloads', file);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  return dirname(above) === above ? null : payload(file, dirname(above));
}

/** Is skipped, and says so in its name, when the sample isn't there. */
export function testWith(file: string, name: string, run: (content: string) => void): void {
  const content = payload(file);
  if (content !== null) test(name, () => run(content));
  else test.skip(`${name} (shared/data/payloads/${file} is not there)`, () => undefined);
}

export const NOW = Date.UTC(2026, 10, 28, 12);

/** A request with JSON, or text, as it would come from a vendor. */
export const request = (body: string | object, { headers = {}, ...rest }: Partial<InboundRequest> = {}): InboundRequest => ({
  method: 'POST', urls: ['https://crm.example.com/in/hwc_1'], query: {}, bytes: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  headers: { 'content-type': 'application/json', ...headers }, ...rest,
});

export const settings = (secrets: Record<string, string> = {}, options: object = {}): ConnectorSettings<any> => ({ secrets, options });

/** What a connector reads in a document: the leads, and why the rest is none. */
export function read(connector: Connector<any>, body: unknown, options: object = {}) {
  const { deliveries, ignored } = connector.read({ content_type: 'application/json', body }, options);
  return {
    ids: deliveries.map(({ id }) => id),
    leads: deliveries.map((delivery) => leadOf(delivery, options).lead),
    raised: deliveries.map(({ raised_hand }) => raised_hand),
    fetched: deliveries.map(({ fetch }) => fetch?.path),
    ignored: ignored.map(({ id, code }) => [id, code]),
  };
}

export const form = (text: string): Record<string, unknown> => nestedFields([...new URLSearchParams(text)]);
