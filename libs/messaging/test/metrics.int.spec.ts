import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '@headwater/platform';
import { eventually, metric, startCell, type Cell } from '@headwater/testing';
import { Outbox } from '../src';
import { engaged, Fail, ledger, Refuse, routed, Write } from './ledger-service';

let cell: Cell;
let app: NestFastifyApplication;
beforeAll(async () => {
  cell = await startCell({ services: [], madeUp: true });
  app = await cell.add(ledger);
});
afterAll(() => cell.stop());

const FACTS = 'routing_lead_engaged_v1';

const value = (name: string, labels?: Record<string, string>) => metric(cell.url('routing'), name, labels);

describe('what is asked', () => {
  it('is measured over NATS by subject and outcome', async () => {
    const count = (subject: string, outcome: string) => value('headwater_request_duration_seconds_count', { subject, outcome });
    for (const signal_id of ['one', 'two']) await cell.ask(Write, { signal_id });
    await expect(cell.ask(Refuse, { code: 'no' })).rejects.toMatchObject({ body: { code: 'no' } });
    await expect(cell.ask(Fail, {})).rejects.toThrow('routing.fail failed');
    expect(await count('routing.write', 'ok')).toBe(2);
    expect(await count('routing.refuse', 'refused')).toBe(1);
    expect(await count('routing.fail', 'failed')).toBe(1);
  });

  it('is measured over HTTP by route, and nothing that somebody writes into an address becomes a label', async () => {
    const count = (route: string, status: string) =>
      value('headwater_http_request_duration_seconds_count', { method: 'GET', route, status });
    for (const path of ['health/live', 'health/live?who=ada', 'ada@example.com', '%']) await fetch(`${cell.url('routing')}/${path}`);
    expect(await count('/health/live', '2xx')).toBe(2);
    expect(await count('unmatched', '4xx')).toBeGreaterThanOrEqual(1);
    const response = await fetch(`${cell.url('routing')}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(await response.text()).not.toContain('ada');
  });
});

describe('events', () => {
  const ofFacts = (name: string) => value(name, { subscription: FACTS });

  it('are counted as they are handled, come again, and are put aside', async () => {
    expect(await ofFacts('headwater_dead_letters')).toBe(0);
    await cell.publish([...Array.from({ length: 20 }, (_, n) => engaged(`good-${n}`)), engaged('bad', 'poison')]);
    await eventually('the dead letter is told', async () => await ofFacts('headwater_dead_letters') === 1, { timeoutMs: 20_000 });
    await cell.settled({ deadLetters: true });
    expect(await ofFacts('headwater_events_handled_total')).toBe(20);
    expect(await ofFacts('headwater_events_buried_total')).toBe(1);
    expect(await ofFacts('headwater_events_redelivered_total')).toBeGreaterThan(0);
    expect(await ofFacts('headwater_events_postponed_total')).toBeGreaterThan(0);
    expect(await ofFacts('headwater_event_batch_size_sum')).toBe(20);
    expect(await ofFacts('headwater_event_batch_duration_seconds_count')).toBe(await ofFacts('headwater_event_batch_size_count'));
  });

  it('of a newer version wait, and are told: they are neither taken nor put aside', async () => {
    expect(await ofFacts('headwater_newer_events')).toBe(0);
    const letters = await ofFacts('headwater_dead_letters');
    const newer = engaged('of-a-newer-build');
    await cell.publish([{ ...newer, definition: { ...newer.definition, version: newer.definition.version + 1 } }]);
    expect(await ofFacts('headwater_newer_events')).toBe(1);
    await cell.settled({ deadLetters: true });
    expect(await ofFacts('headwater_dead_letters')).toBe(letters);
  });

  it('that wait for a consumer are its lag', async () => {
    await cell.pauseConsumers();
    await cell.publish([engaged('waits-1'), engaged('waits-2')]);
    await eventually('the broker has counted them', async () => await ofFacts('headwater_consumer_pending') === 2); // a moment after it has stored them
    await cell.resumeConsumers();
    await cell.settled({ deadLetters: true });
    expect([await ofFacts('headwater_consumer_pending'), await ofFacts('headwater_consumer_unacknowledged')]).toEqual([0, 0]);
  });
});

it('without the broker the outbox is seen to grow, and what only the broker knows is missing', async () => {
  await cell.killBroker({
    meanwhile: async () => {
      const outbox = app.get(Outbox, { strict: false });
      await app.get(Database).transaction((tx) => outbox.add(tx, [{ event: routed(1), cause: { correlationId: 'test' } }]));
      await eventually('it has an age', async () => (await value('headwater_outbox_oldest_seconds') ?? 0) > 0.2);
      // At once: each look waits until what asks the broker has been given up.
      const [pending, unhandled, failedReads] = await Promise.all([
        value('headwater_outbox_pending'), value('headwater_consumer_pending'), value('headwater_metrics_failed_reads_total', { source: 'consumers' }),
      ]);
      expect([pending, unhandled]).toEqual([1, undefined]);
      expect(failedReads).toBeGreaterThan(0);
    },
  });
  await eventually('it is published', async () => await value('headwater_outbox_pending') === 0, { timeoutMs: 20_000 });
  expect(await value('headwater_outbox_oldest_seconds')).toBe(0);
  expect(await value('headwater_events_published_total')).toBe(1);
  expect(await value('headwater_consumer_pending', { subscription: FACTS })).toBe(0);
});

it('a replay is told while it lasts', async () => {
  expect(await value('headwater_replay_remaining')).toBe(0);
  await eventually('it is told', async () => {
    // The relay soon finds that nothing is left of it.
    await cell.rows('routing', 'update broker_memory set replay_after = 3, replay_until = 10');
    return await value('headwater_replay_remaining') === 7;
  });
  await eventually('it is over', async () => await value('headwater_replay_remaining') === 0);
});

it('the spool is told of where it is taken from, and nowhere else', async () => {
  expect(await value('headwater_spool_depth')).toBeUndefined();
});
