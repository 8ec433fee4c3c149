import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DebugEvents, Events, type NatsConnection } from 'nats';
import { startNats, type RunningServer } from '@headwater/embedded';
import { connectNats, natsVariables, parseEnvironment } from '../src';

const directory = mkdtempSync(join(tmpdir(), 'headwater-nats-'));
let server: RunningServer;
let connection: NatsConnection;

beforeAll(async () => {
  server = await startNats({ storeDir: join(directory, 'store'), log: join(directory, 'nats.log'), durable: false });
  connection = await connectNats(parseEnvironment({ NATS_URL: server.url }, natsVariables), 'scoring');
});
afterAll(async () => {
  process.kill(server.pid, 'SIGCONT');
  await connection.close();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function hears(event: Events | DebugEvents): Promise<void> {
  for await (const { type } of connection.status()) if (type === event) return;
}

it('leaves a server that keeps the connection and says nothing any more, and comes back to it when it does', async () => {
  const left = hears(Events.Disconnect);
  process.kill(server.pid, 'SIGSTOP');
  await left;
  const back = hears(Events.Reconnect);
  process.kill(server.pid, 'SIGCONT');
  await back;
  const echo = connection.subscribe('echo', { max: 1 });
  connection.publish('echo', 'again');
  const heard: string[] = [];
  for await (const message of echo) heard.push(message.string());
  expect(heard).toEqual(['again']);
});

it('is left though so much waits to be written to it that no more is taken', async () => {
  const left = hears(Events.Disconnect);
  process.kill(server.pid, 'SIGSTOP');
  for (let megabytes = 0; megabytes < 40; megabytes += 1) connection.publish('flood', new Uint8Array(1_000_000));
  await left;
  const back = hears(Events.Reconnect);
  process.kill(server.pid, 'SIGCONT');
  await back;
});

it('ends attempts to come back that were not answered: those that are answered later would be connections that nobody keeps', async () => {
  const left = hears(Events.Disconnect);
  process.kill(server.pid, 'SIGSTOP');
  await left;
  for (let attempts = 0; attempts < 2; attempts += 1) await hears(DebugEvents.Reconnecting);
  const back = hears(Events.Reconnect);
  process.kill(server.pid, 'SIGCONT');
  await back;
  await expect(Promise.race([hears(Events.Disconnect).then(() => 'lost again'), delay(3_000).then(() => 'kept')])).resolves.toBe('kept'); // the server waits two seconds for a password
});
