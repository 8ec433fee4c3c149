import { EventEmitter, once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { endSilentConnections } from './silent-connections';

async function listening(prepare: (server: FastifyInstance) => void = () => undefined): Promise<{ server: FastifyInstance; port: number }> {
  const server = fastify();
  endSilentConnections(server);
  prepare(server);
  await server.listen({ port: 0, host: '127.0.0.1' });
  return { server, port: (server.server.address() as AddressInfo).port };
}

it('a server closes though somebody is connected who has asked nothing', async () => {
  const { server, port } = await listening();
  const connected = once(server.server, 'connection');
  const socket = connect(port, '127.0.0.1');
  await connected;
  const ended = once(socket, 'close');
  await server.close();
  await ended;
});

it('and answers what was asked before', async () => {
  const asked = new EventEmitter();
  const { server, port } = await listening((one) => one.get('/', (_, reply) => void asked.emit('asked', reply)));
  const heard = once(asked, 'asked') as Promise<[FastifyReply]>;
  const answer = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text());
  const [reply] = await heard;
  const closed = server.close();
  void reply.send('here');
  expect(await answer).toBe('here');
  await closed;
});
