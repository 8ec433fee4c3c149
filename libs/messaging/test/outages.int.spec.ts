import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '@headwater/platform';
import { eventually, startCell, startPostgres, type Cell, type RunningServer } from '@headwater/testing';
import { Outbox, STREAM } from '../src';
import { audience, engaged, ledger, miscounted, routed } from './ledger-service';

/** More than the four that make an event poison, whose delays are 250 ms, 500 ms, 1 s and 2 s. */
const DELIVERIES_WITHOUT_DATABASE = 5;
/** More than a replay feeds at once, and more than a relay publishes at once. */
const MANY = 1_200;
/** A fifth of the time between two looks into the outbox. */
const TELL_EVERY_MS = 200;

const numbers = (count: number, from = 1): number[] => Array.from({ length: count }, (_, n) => from + n);

let cell: Cell;
afterEach(() => cell.stop());

/** Announces that leads were routed, as a use case does. */
async function announce(app: Awaited<ReturnType<Cell['add']>>, leads: number[]): Promise<void> {
  const events = leads.map((lead) => ({ event: routed(lead), cause: { correlationId: 'test' } }));
  await app.get(Database).transaction((tx) => app.get(Outbox, { strict: false }).add(tx, events));
}

describe('PostgreSQL is away', () => {
  const directory = mkdtempSync(join(tmpdir(), 'headwater-outage-'));
  const options = { dataDir: join(directory, 'postgres'), password: 'tests', log: join(directory, 'postgres.log'), durable: false };
  let postgres: RunningServer;
  afterAll(async () => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('for longer than all delays together: nothing becomes a dead letter, and everything is handled afterwards', async () => {
    postgres = await startPostgres(options);
    cell = await startCell({ services: [ledger], madeUp: true, postgresUrl: postgres.url });
    process.kill(postgres.pid, 'SIGKILL');
    await postgres.exited;

    const told = numbers(10).map((n) => `meanwhile-${n}`);
    await cell.publish(told.map((id) => engaged(id)));
    const manager = await cell.jetstream();
    await eventually('every event was tried often', async () => {
      const { delivered } = await manager.consumers.info(STREAM, 'routing_lead_engaged_v1');
      return delivered.consumer_seq >= told.length * DELIVERIES_WITHOUT_DATABASE;
    }, { timeoutMs: 20_000 });
    postgres = await startPostgres({ ...options, port: postgres.port });

    await cell.settled(); // fails on a dead letter
    expect(await miscounted(cell, 'routing', told)).toEqual([]);
  }, 60_000);
});

describe('nats-server', () => {
  it('is killed and comes back with its store: what was published, and what was to be, arrives once', async () => {
    cell = await startCell({ services: [], madeUp: true });
    // Acknowledgements that die with the broker are missed after a second.
    const app = await cell.add(ledger, { ACK_WAIT_SECONDS: '1' });
    await cell.add(audience, { ACK_WAIT_SECONDS: '1' });
    await cell.pauseConsumers();
    await announce(app, numbers(50));
    await eventually('all is published', async () => (await cell.rows('routing', 'select from outbox_pending')).length === 0);
    await cell.resumeConsumers();
    await cell.killBroker({ meanwhile: () => announce(app, numbers(50, 51)) });
    await cell.settled();
    expect(await miscounted(cell, 'qualification', numbers(100).map(String))).toEqual([]);
  });

  /** A cell in which many events were published and counted, before all that the broker had was lost. @returns their publisher */
  async function loseTheStoreOfMany(): Promise<NestFastifyApplication> {
    cell = await startCell({ services: [], madeUp: true });
    const app = await cell.add(ledger);
    await cell.add(audience);
    await announce(app, numbers(MANY));
    await cell.settled();
    await cell.killBroker({ loseStore: true });
    return app;
  }

  it('loses its store: everything is published again by itself, counts once, and the flow goes on', async () => {
    const app = await loseTheStoreOfMany();

    const manager = await cell.jetstream();
    await eventually('the stream is as long as it was', async () => (await manager.streams.info(STREAM)).state.messages === MANY, { timeoutMs: 20_000 });
    await announce(app, [MANY + 1]);
    await cell.settled();
    expect(await miscounted(cell, 'qualification', numbers(MANY + 1).map(String))).toEqual([]);
  });

  it('loses its store while events keep coming, more often than the relay looks for old ones: those are published again, too', async () => {
    const app = await loseTheStoreOfMany();

    let told = MANY;
    let isOver = false;
    const keepTelling = async (): Promise<void> => {
      for (; !isOver; await delay(TELL_EVERY_MS)) await announce(app, [told += 1]);
    };
    const telling = keepTelling();
    const manager = await cell.jetstream();
    await eventually('the stream holds what it had lost', async () =>
      (await manager.streams.info(STREAM)).state.messages >= MANY, { timeoutMs: 20_000 }).finally(() => { isOver = true; });
    await telling;
    await cell.settled();
    expect(await miscounted(cell, 'qualification', numbers(told).map(String))).toEqual([]);
  });
});
