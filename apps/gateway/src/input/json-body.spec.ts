import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import fastify, { type FastifyInstance } from 'fastify';
import { parseJsonBodies } from './json-body';

let server: FastifyInstance;
beforeAll(async () => {
  server = fastify({ bodyLimit: 1_000 });
  parseJsonBodies(server, { drainWithinMs: 100 });
  server.post('/', () => 'taken');
  await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

/** What comes on a connection until it is closed. */
async function answered(sent: string): Promise<string> {
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`POST / HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n${sent}`);
  return text(socket);
}

const LARGE = 2_000;

it('what is too large is answered when all of it is there, also where the connection is to be closed', async () => {
  expect(await answered(`Connection: close\r\nContent-Length: ${LARGE}\r\n\r\n${'x'.repeat(LARGE)}`)).toMatch(/^HTTP\/1\.1 413 /);
});

it('who stops in the middle of it is answered all the same, and the connection is closed', async () => {
  expect(await answered(`Content-Length: ${LARGE}\r\n\r\nx`)).toMatch(/^HTTP\/1\.1 413 [^]*\r\nconnection: close\r\n/i);
});
