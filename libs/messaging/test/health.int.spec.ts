import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, startCell, startPostgres, type Cell, type RunningServer } from '@headwater/testing';
import { engaged, ledger } from './ledger-service';

interface Details { status: string; parts: Record<string, { ok: boolean; error?: string; [more: string]: unknown }> }

const PASSWORD = 'a-password-to-look-for';
const DELAY_SECONDS = 2;
/** Longer than anybody waits for an answer. */
const LONG_SECONDS = 300;

describe('health', () => {
  const directory = mkdtempSync(join(tmpdir(), 'headwater-health-'));
  const options = { dataDir: join(directory, 'postgres'), password: PASSWORD, log: join(directory, 'postgres.log'), durable: false };
  let postgres: RunningServer;
  let cell: Cell;
  beforeAll(async () => {
    postgres = await startPostgres(options);
    cell = await startCell({ services: [ledger], madeUp: true, postgresUrl: postgres.url });
  }, 60_000);
  afterAll(async () => {
    await cell.stop();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const ask = (path: string) => fetch(`${cell.url('routing')}/health/${path}`);
  const details = async () => {
    const answer = await ask('details');
    return { status: answer.status, text: await answer.clone().text(), body: await answer.json() as Details };
  };

  it('tells of dependencies, lag and outbox in its details', async () => {
    await cell.pauseConsumers();
    await cell.publish([engaged('a'), engaged('b')]);
    // Which the broker has counted a moment after it has stored it.
    await eventually('it tells', async () => {
      const { body, status } = await details();
      expect([status, body.status]).toEqual([200, 'ok']);
      expect(body.parts).toMatchObject({
        database: { ok: true }, nats: { ok: true }, outbox: { ok: true, pending: 0, oldest_seconds: 0 }, consumers: { state: 'paused' },
        lag: { ok: true, subscriptions: { routing_lead_engaged_v1: 2, routing_lead_scored_v1: 0 } },
      });
      return true;
    });
    await cell.resumeConsumers();
    await cell.settled();
  });

  it('is still live and ready while NATS is away, and its details name it', async () => {
    await cell.killBroker({ meanwhile: async () => {
      const away = await eventually('the service knows', async () => {
        const now = await details();
        return !now.body.parts.nats.ok && now;
      });
      expect(away.status).toBe(503);
      expect(away.body.parts).toMatchObject({ database: { ok: true }, nats: { ok: false } });
      expect([(await ask('live')).status, (await ask('ready')).status]).toEqual([200, 200]);
    } });
    await eventually('all is well', async () => (await details()).status === 200);
  });

  it('nor does it depend on PostgreSQL; the details name that, without a password or an address', async () => {
    process.kill(postgres.pid, 'SIGKILL');
    await postgres.exited;
    // PostgreSQL's processes end one by one: a part may still have had an answer when another one has none.
    const { status, text, body } = await eventually('the service knows', async () => {
      const now = await details();
      return !now.body.parts.database.ok && now;
    });
    expect(status).toBe(503);
    expect([body.parts.database.ok, body.parts.nats.ok]).toEqual([false, true]);
    for (const secret of [PASSWORD, 'postgres:', '127.0.0.1', String(postgres.port)]) expect(text).not.toContain(secret);
    expect([(await ask('live')).status, (await ask('ready')).status]).toEqual([200, 200]);
    postgres = await startPostgres({ ...options, port: postgres.port });
    await eventually('all is well', async () => (await details()).status === 200);
  }, 60_000);
});

describe('on SIGTERM', () => {
  let cell: Cell;
  beforeAll(async () => { cell = await startCell({ services: [], madeUp: true }); });
  afterAll(() => cell.stop());

  const start = (seconds: number) =>
    cell.spawn({ name: 'routing', program: join(__dirname, 'run-ledger.ts'), env: { SHUTDOWN_DELAY_SECONDS: String(seconds) } });
  const statusOf = (url: string, path: string) => fetch(`${url}/health/${path}`).then(({ status }) => status, () => 'refused');

  it('it turns not ready, and answers for as long as it was told to', async () => {
    const { pid, url, exited } = await start(LONG_SECONDS);
    expect(await statusOf(url, 'ready')).toBe(200);
    process.kill(pid, 'SIGTERM');
    await eventually('it is not ready', async () => await statusOf(url, 'ready') === 503);
    expect(await statusOf(url, 'live')).toBe(200);
    process.kill(pid, 'SIGKILL');
    await exited;
  }, 30_000);

  it('it ends, and no sooner', async () => {
    const { pid, url, exited } = await start(DELAY_SECONDS);
    const since = performance.now();
    process.kill(pid, 'SIGTERM');
    await exited;
    expect(performance.now() - since).toBeGreaterThanOrEqual(DELAY_SECONDS * 1_000);
    expect(await statusOf(url, 'ready')).toBe('refused');
  }, 30_000);
});
