import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'nats';
import { checkNats, startNats, type NatsOptions, type RunningServer } from '../src';

const home = mkdtempSync(join(tmpdir(), 'headwater-nats-'));
const options: NatsOptions = { storeDir: join(home, 'nats'), log: join(home, 'logs', 'nats.log') };
let server: RunningServer;

const kept = async (): Promise<number> => {
  const connection = await connect({ servers: server.url });
  const manager = await connection.jetstreamManager();
  const { state } = await manager.streams.info('KEPT');
  await connection.close();
  return state.messages;
};

beforeAll(async () => { server = await startNats(options); });
afterAll(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

test('has JetStream when it is said to have started', async () => {
  await expect(checkNats(server.url)).resolves.toBeUndefined();
});

test('keeps its streams and its port when it is killed', async () => {
  const connection = await connect({ servers: server.url });
  const manager = await connection.jetstreamManager();
  await manager.streams.add({ name: 'KEPT', subjects: ['kept.>'] });
  await connection.jetstream().publish('kept.one', 'here');
  await connection.close();
  process.kill(server.pid, 'SIGKILL');
  expect(await server.exited).toBe('SIGKILL');

  server = await startNats({ ...options, port: server.port });
  expect(await kept()).toBe(1);
});

test('stops a server that still runs on the store from before', async () => {
  const orphan = server;
  server = await startNats(options);

  await orphan.exited;
  expect(await kept()).toBe(1);
});

test('does not take another server on its port for itself', async () => {
  const refused = startNats({ ...options, storeDir: join(home, 'second'), port: server.port });
  await expect(refused).rejects.toThrow(/^nats-server ended while starting .*address already in use/);
});

test('tells what is wrong with a server of somebody else in one sentence, without the password', async () => {
  await expect(checkNats('nats://somebody:secret@127.0.0.1:1')).rejects.toThrow(
    "nats-server at 127.0.0.1:1 can't be used: connection refused");
  await expect(checkNats('secret')).rejects.toThrow('it is no URL of the form nats://host:port');
});
