import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Events, type NatsConnection } from 'nats';
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

async function hears(event: Events): Promise<void> {
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
