import { join } from 'node:path';
import { eventSubject, type NewEvent } from '@headwater/contracts';
import { eventually, metric, startCell, type Cell } from '@headwater/testing';
import { STREAM } from '../src';
import { engaged, heard, ledger, miscounted, routed, SLOW_SECONDS, Tell, waitsFor } from './ledger-service';

/** It is said three times as often that an event is still worked on: so long may everything stand still, which two thirds of it are enough for. */
const ACK_WAIT_SECONDS = 8;
let cell: Cell;
afterEach(() => {
  waitsFor.clear();
  return cell.stop();
});

/** Too many for a query that looks for each batch by going through all of them again and again. */
const BACKLOG = 10_000;
/** Enough for either replica to have some, also of those on their way to one that has just said that it takes no more. */
const QUESTIONS = 500;

it('two processes at once publish everything once, and count what is delivered to both of them once', async () => {
  cell = await startCell({ services: [], madeUp: true });
  const program = join(__dirname, 'run-ledger.ts');
  await Promise.all([1, 2].map(() => cell.spawn({ name: 'routing', program })));
  const told = Array.from({ length: 300 }, (_, n) => `both-${n}`);
  await Promise.all([
    intoOutbox(Array.from({ length: BACKLOG }, (_, n) => routed(n + 1))),
    cell.publish(told.map((id) => engaged(id)), { times: 2, shuffle: true }),
  ]);
  await cell.settled({ timeoutMs: 60_000 });
  // As they were sent: what a relay publishes twice is seen twice here, though JetStream would store it once.
  const sent = cell.events('lead.routed').map(({ subject }) => Number(subject));
  expect(sent.sort((a, b) => a - b)).toEqual(Array.from({ length: BACKLOG }, (_, n) => n + 1));
  expect(await miscounted(cell, 'routing', told)).toEqual([]);
}, 90_000);

it('a replica that ends leaves none of the questions that it has without an answer', async () => {
  cell = await startCell({ services: [ledger, ledger], madeUp: true });
  let goOn!: () => void;
  waitsFor.set('demo', new Promise((resolve) => { goOn = resolve; }));
  const asked = Array.from({ length: QUESTIONS }, (_, id) => cell.ask(Tell, { tenant: 'demo', ids: [id] }));
  // Of so many each has some.
  await eventually('half of them have come', () => heard.questions >= QUESTIONS / 2);
  const left = cell.end('routing', 1);
  goOn();
  const answers = await Promise.all(asked);
  expect(answers.map(({ told: [{ id }] }) => id)).toEqual(Array.from({ length: QUESTIONS }, (_, id) => id));
  await left;
  const answered = await metric(cell.url('routing'), 'headwater_request_duration_seconds_count', { subject: 'routing.tell', outcome: 'ok' });
  expect([answered! > 0, answered! < QUESTIONS]).toEqual([true, true]); // by the one that stays; the others had been asked of the one that left
});

/** As a use case of either process would have left them. */
async function intoOutbox(events: NewEvent[]): Promise<void> {
  const sealed = cell.seal(events);
  await cell.rows('routing', `
    with written as (
      insert into outbox (id, subject, envelope) select * from unnest($1::uuid[], $2::text[], $3::json[]) returning seq, created_at
    )
    insert into outbox_pending (seq, created_at) select seq, created_at from written`, [
    sealed.map(({ envelope }) => envelope.id), sealed.map(({ event }) => eventSubject(event.definition, event.tenant, 'live')),
    sealed.map(({ envelope }) => JSON.stringify(envelope)),
  ]);
}

it('a batch that takes longer than an event may stay unacknowledged is handled once, and so is what waits behind it', async () => {
  cell = await startCell({ services: [ledger], madeUp: true, env: { ACK_WAIT_SECONDS: String(ACK_WAIT_SECONDS) } });
  expect(SLOW_SECONDS).toBeGreaterThan(ACK_WAIT_SECONDS);
  await cell.publish([engaged('slow-1', 'slow')]);
  await eventually('it is being handled', async () => (await cell.rows('routing',
    `select from pg_stat_activity where datname = current_database() and query like '%pg_sleep%' and pid <> pg_backend_pid()`)).length > 0);
  await cell.publish([engaged('behind-it')]);
  await cell.settled();
  expect(await miscounted(cell, 'routing', ['slow-1', 'behind-it'])).toEqual([]);
  const { delivered } = await (await cell.jetstream()).consumers.info(STREAM, 'routing_lead_engaged_v1');
  expect(delivered.consumer_seq).toBe(2); // neither was delivered again
});
