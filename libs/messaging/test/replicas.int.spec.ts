import { Database } from '@headwater/platform';
import { eventually, startCell, type Cell } from '@headwater/testing';
import { Outbox, STREAM } from '../src';
import { engaged, ledger, miscounted, routed, SLOW_SECONDS } from './ledger-service';

const ACK_WAIT_SECONDS = 1;
let cell: Cell;
afterEach(() => cell.stop());

it('two relays at once publish everything, each of it once', async () => {
  cell = await startCell({ services: [] });
  const replicas = [await cell.add(ledger), await cell.add(ledger)];
  const outboxes = replicas.map((app) => ({ database: app.get(Database), outbox: app.get(Outbox, { strict: false }) }));
  await Promise.all(Array.from({ length: 40 }, async (_, batch) => {
    const { database, outbox } = outboxes[batch % 2];
    const events = Array.from({ length: 15 }, (_unused, n) => ({ event: routed(batch * 15 + n + 1), cause: { correlationId: 'test' } }));
    await database.transaction((tx) => outbox.add(tx, events));
  }));
  await cell.settled();
  // As they were sent: what a relay publishes twice is seen twice here, though JetStream would store it once.
  const sent = cell.events('lead.routed').map(({ subject }) => Number(subject));
  expect(sent.sort((a, b) => a - b)).toEqual(Array.from({ length: 600 }, (_, n) => n + 1));
});

it('a batch that takes longer than an event may stay unacknowledged is handled once, and so is what waits behind it', async () => {
  cell = await startCell({ services: [ledger], env: { ACK_WAIT_SECONDS: String(ACK_WAIT_SECONDS) } });
  expect(SLOW_SECONDS).toBeGreaterThan(2 * ACK_WAIT_SECONDS);
  await cell.publish([engaged('slow-1', 'slow')]);
  await eventually('it is being handled', async () => (await cell.rows('routing',
    `select from pg_stat_activity where datname = current_database() and query like '%pg_sleep%' and pid <> pg_backend_pid()`)).length > 0);
  await cell.publish([engaged('behind-it')]);
  await cell.settled();
  expect(await miscounted(cell, 'routing', ['slow-1', 'behind-it'])).toEqual([]);
  const { delivered } = await (await cell.jetstream()).consumers.info(STREAM, 'routing_lead_engaged_v1');
  expect(delivered.consumer_seq).toBe(2); // neither was delivered again
});
