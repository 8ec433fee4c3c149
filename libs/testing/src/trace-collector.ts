import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CollectedSpan {
  service: string;
  name: string;
  traceId: string;
  spanId: string;
  /** absent for the first of a trace */
  parentSpanId?: string;
  failed: boolean;
  attributes: Record<string, string | number>;
}

export interface TraceCollector {
  url: string;
  spans: CollectedSpan[];
  requests: number;
  stop(): Promise<void>;
}

interface Attribute { key: string; value: { stringValue?: string; intValue?: number | string; doubleValue?: number } }
interface OtlpSpan extends Pick<CollectedSpan, 'name' | 'traceId' | 'spanId' | 'parentSpanId'> {
  attributes: Attribute[];
  status?: { code?: number };
}
interface ExportRequest { resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: OtlpSpan[] }[] }[] }

const FAILED = 2;

/** What a collector of OpenTelemetry understands: OTLP over HTTP, as JSON. It keeps what it gets. */
export async function startTraceCollector(): Promise<TraceCollector> {
  const spans: CollectedSpan[] = [];
  const collector = { url: '', spans, requests: 0, stop: () => new Promise<void>((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }) };
  const server = createServer((request, response) => {
    collector.requests += 1;
    void bodyOf(request).then((body) => {
      if (request.method !== 'POST' || request.url !== '/v1/traces') return response.writeHead(404).end();
      spans.push(...spansIn(JSON.parse(body) as ExportRequest));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return collector;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function spansIn({ resourceSpans }: ExportRequest): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(valuesOf(resource.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans }) => spans).map(({ name, traceId, spanId, parentSpanId, attributes, status }) =>
      ({ service, name, traceId, spanId, parentSpanId: parentSpanId || undefined, failed: status?.code === FAILED, attributes: valuesOf(attributes) }));
  });
}

const valuesOf = (attributes: Attribute[]): Record<string, string | number> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue ?? value.doubleValue)]));
