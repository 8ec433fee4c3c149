import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LeadCaptured, PutSetup, type LeadCapturedData } from '@headwater/contracts';
import { eventually, startCell, startTraceCollector, type Cell, type CollectedSpan, type TraceCollector } from '@headwater/testing';
import { conversion } from '../../apps/conversion/src/conversion.module';
import { gateway } from '../../apps/gateway/src/gateway.module';
import { client, OPERATOR_TOKEN, type Send } from '../../apps/gateway/test/http';
import { intake } from '../../apps/intake/src/intake.module';
import { qualification } from '../../apps/qualification/src/qualification.module';
import { routing } from '../../apps/routing/src/routing.module';
import { equalReps } from '../../apps/routing/test/setups';
import { scoring } from '../../apps/scoring/src/scoring.module';

const LEADS = '/api/v1/crm/leads';
const CALLER = '00f067aa0ba902b7';

let cell: Cell;
let collector: TraceCollector;
let send: Send;
beforeAll(async () => {
  collector = await startTraceCollector();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '100' };
  cell = await startCell({ services: [intake, scoring, routing, qualification, conversion], env });
  await cell.add(gateway, { OPERATOR_TOKEN, ...env });
  const operator = client(cell.url('gateway'), OPERATOR_TOKEN);
  await operator('POST', '/api/v1/admin/tenants', { body: { id: 'demo' } });
  const { body } = await operator('POST', '/api/v1/admin/tenants/demo/keys', { body: { name: 'k', role: 'admin' } });
  send = client(cell.url('gateway'), (body.data as unknown as { key: string }).key);
  await cell.ask(PutSetup, { context: cell.context(), setup: equalReps(['grace']) });
}, 60_000);
afterAll(async () => {
  await cell.stop();
  await collector.stop();
});

let traces = 0;
const newTrace = (): string => (traces += 1).toString(16).padStart(32, 'a');
const traceparent = (trace: string, flags = '01') => ({ traceparent: `00-${trace}-${CALLER}-${flags}` });
const spansOf = (trace: string): CollectedSpan[] => collector.spans.filter(({ traceId }) => traceId === trace);

/** Each span with what it follows from, as `service: name < service: name`. */
function tree(spans: CollectedSpan[]): string[] {
  const known = new Map(spans.map((span) => [span.spanId, span]));
  const nameOf = ({ service, name }: CollectedSpan) => `${service.replace('headwater-', '')}: ${name}`;
  return spans.map((span) => {
    const parent = known.get(span.parentSpanId ?? '');
    return `${nameOf(span)} < ${parent ? nameOf(parent) : span.parentSpanId === CALLER ? 'caller' : 'NOTHING THAT IS KNOWN'}`;
  }).sort();
}

interface Captured { id: number; trace: string }

/** Somebody, in a trace of their own, whom intake takes in at once: where it is behind it keeps them, and their trace goes another way. */
const takenIn = (flags?: string): Promise<Captured> => eventually('intake takes somebody in at once', async () => {
  const trace = newTrace();
  const { status, body } = await send('POST', LEADS, { body: { last_name: 'Byron', email: `${trace}@example.com` }, headers: traceparent(trace, flags) });
  return status === 201 && { id: (body.data as unknown as { id: number }).id, trace };
});

async function capture(flags?: string): Promise<Captured> {
  const captured = await takenIn(flags);
  await cell.settled();
  return captured;
}

/** Services send their spans when they like: looks until it is as expected. @returns the spans */
const inTheEnd = (trace: string, expectation: (lines: string[]) => void): Promise<CollectedSpan[]> => eventually('the trace is whole', () => {
  const spans = spansOf(trace);
  expectation(tree(spans));
  expect(tree(spans).filter((line) => line.includes('NOTHING'))).toEqual([]);
  return spans;
});

const WAY_OF_A_LEAD = [
  'gateway: POST /api/v1/crm/leads < caller',
  'gateway: intake.capture_leads < gateway: POST /api/v1/crm/leads',
  'intake: capture lead < gateway: intake.capture_leads',
  'intake: publish lead.captured < intake: capture lead',
  'qualification: process lead.captured < intake: capture lead',
  'qualification: process lead.scored < scoring: process lead.captured',
  'routing: process lead.scored < scoring: process lead.captured',
  'routing: publish lead.routed < routing: process lead.scored',
  'scoring: process lead.captured < intake: capture lead',
  'scoring: publish lead.scored < scoring: process lead.captured',
];

it('a lead that is captured is one trace through all services, each span the child of what caused it', async () => {
  const { id, trace } = await capture();
  const spans = await inTheEnd(trace, (lines) => expect(lines).toEqual(WAY_OF_A_LEAD));
  expect(spans.filter(({ failed }) => failed)).toEqual([]);
  const [entry] = spans.filter(({ name }) => name.startsWith('POST'));
  expect(entry.attributes).toMatchObject({ 'http.response.status_code': 201, 'http.route': LEADS, 'headwater.tenant': 'demo' });
  expect(spans.find(({ name }) => name === 'process lead.scored')?.attributes).toMatchObject({ 'headwater.lead_id': id, 'messaging.batch.message_count': 1 });
  expect(JSON.stringify(spans)).not.toMatch(/Byron|example\.com/);
});

it('leads that travel in one batch have a trace each', async () => {
  await cell.pauseConsumers();
  const own = await Promise.all(Array.from({ length: 8 }, () => takenIn()));
  await cell.resumeConsumers();
  await cell.settled();
  for (const { trace } of own) await inTheEnd(trace, (lines) => expect(lines).toEqual(WAY_OF_A_LEAD));
});

it('what somebody asks for later is in that request\'s trace', async () => {
  const { id, trace: captured } = await capture();
  const [qualified, converted] = [newTrace(), newTrace()];
  const ask = async (verb: string, trace: string, body: object) => {
    expect((await send('POST', `${LEADS}/${id}/${verb}`, { body, headers: traceparent(trace) })).status).toBeLessThan(300);
    await cell.settled();
  };
  await ask('qualify', qualified, { qualified: true, qualification_notes: 'Budget is there' });
  await ask('convert', converted, { create_customer: true });
  await inTheEnd(qualified, (lines) => expect(lines).toEqual(expect.arrayContaining([
    'gateway: POST /api/v1/crm/leads/:id/qualify < caller',
    'gateway: qualification.qualify_lead < gateway: POST /api/v1/crm/leads/:id/qualify',
    'qualification: qualification.qualify_lead < gateway: qualification.qualify_lead',
    'qualification: publish lead.qualified < qualification: qualification.qualify_lead',
    'routing: process lead.qualified < qualification: qualification.qualify_lead', // scoring has nothing to do: nobody sets a score
  ])));
  await inTheEnd(converted, (lines) => expect(lines).toEqual(expect.arrayContaining([
    'gateway: POST /api/v1/crm/leads/:id/convert < caller',
    'conversion: conversion.convert_lead < gateway: conversion.convert_lead',
    'conversion: publish lead.converted < conversion: conversion.convert_lead', // which others know already: they were told before the answer
  ])));
  await inTheEnd(captured, (lines) => expect(lines).toEqual(WAY_OF_A_LEAD));
});

it('an event that comes again hangs where it hung before', async () => {
  const { id, trace } = await capture();
  const [envelope] = cell.events<LeadCapturedData>('lead.captured').filter(({ leadid }) => leadid === id);
  await inTheEnd(trace, (lines) => expect(lines).toEqual(WAY_OF_A_LEAD));
  await cell.deliver([{ event: LeadCaptured.ofLead('demo', { lead_id: id }, envelope.data), envelope }]);
  await cell.settled();
  const handled = WAY_OF_A_LEAD.filter((line) => line.includes(': process lead.captured <'));
  await inTheEnd(trace, (lines) => expect(lines).toEqual([...WAY_OF_A_LEAD, ...handled].sort()));
});

it('what the caller does not want recorded isn\'t, and what nobody decided on is', async () => {
  const { id, trace: unwanted } = await capture('00');
  const [envelope] = cell.events('lead.routed').filter(({ leadid }) => leadid === id);
  expect(envelope.traceparent).toMatch(new RegExp(`^00-${unwanted}-[0-9a-f]{16}-00$`));
  const before = collector.spans.length;
  await send('GET', `${LEADS}/${id}`);
  const { traceId, parentSpanId } = await eventually('a trace of its own', () =>
    collector.spans.slice(before).find(({ name }) => name === 'GET /api/v1/crm/leads/:id'));
  expect(parentSpanId).toBeUndefined();
  await eventually('all of it', () => expect(tree(spansOf(traceId))).toEqual(expect.arrayContaining([
    'gateway: intake.get_leads < gateway: GET /api/v1/crm/leads/:id', 'intake: intake.get_leads < gateway: intake.get_leads',
    'scoring: scoring.get_scores < gateway: scoring.get_scores',
  ])) === undefined);
  expect(spansOf(unwanted)).toEqual([]);
});

describe('what is loaded and sent', () => {
  const directory = mkdtempSync(join(tmpdir(), 'headwater-modules-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([['off', false], ['on', true]])('of tracing that is %s', async (state, isOn) => {
    const file = join(directory, state);
    const own = await startTraceCollector(); // the other one hears of what was before
    try {
      await (await cell.spawn({
        name: 'intake', program: join(__dirname, 'list-modules.ts'),
        env: { MODULES_FILE: file, ...(isOn ? { OTEL_EXPORTER_OTLP_ENDPOINT: own.url } : {}) },
      })).stop();
      const loaded = readFileSync(file, 'utf8').split('\n').filter((path) => /@opentelemetry\/(?!api\/)/.test(path));
      expect(loaded.length > 0).toBe(isOn);
      expect(own.requests).toBe(0);
    } finally {
      await own.stop();
    }
  });
});
