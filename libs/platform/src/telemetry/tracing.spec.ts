import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { readPairs } from './read-pairs';
import { readTraceparent, writeTraceparent } from './traceparent';
import { Tracing } from './tracing';

const CALLER = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('a trace context', () => {
  it('is read and written as W3C has it', () => {
    expect(writeTraceparent(readTraceparent(CALLER)!)).toBe(CALLER);
  });

  it.each([undefined, '', 'x', CALLER.toUpperCase(), `01${CALLER.slice(2)}`, `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, [CALLER]])('is nothing else: %p', (text) => {
    expect(readTraceparent(text)).toBeUndefined();
  });
});

it('pairs are read as OpenTelemetry\'s variables have them', () => {
  expect(readPairs('a=1, b=x%20y=z ,broken,=no,c=%')).toEqual({ a: '1', b: 'x y=z', c: '%' });
  expect(readPairs(undefined)).toEqual({});
});

describe('tracing', () => {
  let server: Server;
  afterEach(() => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }));

  async function tracing(answer: RequestListener, env: Record<string, string> = {}): Promise<Tracing> {
    server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return Tracing.start('intake', { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}/`, OTEL_BSP_SCHEDULE_DELAY: '10', ...env });
  }
  const span = (tracing: Tracing, parent?: string) => tracing.beginAtEdge('GET /x', { kind: 'server', parent, attributes: () => ({}) });
  const flagsOf = (traceparent: string | undefined) => traceparent?.slice(-2);

  it('says to the collector what the variables tell it to', async () => {
    let [path, key, body] = ['', '', ''];
    const on = await tracing((request, response) => {
      [path, key] = [String(request.url), String(request.headers['api-key'])];
      request.on('data', (part) => { body += String(part); }).on('end', () => response.end('{}'));
    }, { OTEL_EXPORTER_OTLP_HEADERS: 'api-key=secret', OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test', OTEL_SERVICE_NAME: 'mine' });
    span(on)?.end();
    await on.onApplicationShutdown();
    expect([path, key]).toEqual(['/v1/traces', 'secret']);
    expect(body).toContain('deployment.environment.name');
    expect(body).toContain('"mine"');
  });

  it('samples as it is told to, and as the caller did', async () => {
    const on = await tracing((_, response) => response.end('{}'), { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' });
    expect(flagsOf(span(on)?.traceparent)).toBe('00');
    expect(flagsOf(span(on, CALLER)?.traceparent)).toBe('01');
    expect(on.begin('x', { kind: 'client', parent: `${CALLER.slice(0, -2)}00`, attributes: () => ({}) })).toBeUndefined();
    await on.onApplicationShutdown();
  });

  it('drops what a collector refuses, and says so once', async () => {
    const said: unknown[] = [];
    Logger.overrideLogger({ log: () => {}, error: () => {}, warn: (sentence: unknown) => void said.push(sentence) });
    let refused = 0;
    const on = await tracing((_, response) => { refused += 1; response.writeHead(400).end(); });
    for (let round = 1; round <= 3; round += 1) {
      span(on)?.end();
      while (refused < round) await new Promise((resolve) => setImmediate(resolve));
    }
    await on.onApplicationShutdown();
    Logger.overrideLogger(false);
    expect(said).toEqual(['The collector of traces does not take spans: 1 dropped']);
  });

  it('does not wait for a collector that does not answer', async () => {
    let isGivenUp = false; // by the exporter, whose own time is longer
    const on = await tracing((_, response) => response.once('close', () => { isGivenUp = true; }));
    span(on)?.end();
    await on.onApplicationShutdown();
    expect(isGivenUp).toBe(false);
  });
});
