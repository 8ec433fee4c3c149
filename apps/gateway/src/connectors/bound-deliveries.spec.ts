import { EventEmitter, once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import fastify, { type FastifyInstance } from 'fastify';
import type { DomainError } from '@headwater/contracts';
import { httpProblem } from '@headwater/platform';
import { eventually } from '@headwater/testing';
import { parseJsonBodies } from '../input/json-body';
import { boundDeliveries, MOST_BYTES, MOST_BYTES_OF_MAIL } from './bound-deliveries';

const MB = 1024 * 1024;

let server: FastifyInstance;
/** What is waited for before a connector is known, and before a delivery is answered. */
let found: Promise<void>;
let taken: Promise<void>;
/** How many came whole, and wait for their answer. */
let held: number;
const arrivals = new EventEmitter();

beforeEach(() => {
  [found, taken, held] = [Promise.resolve(), Promise.resolve(), 0];
  return serve(20_000);
});
afterEach(() => server.close());

async function serve(withinMs: number): Promise<void> {
  server = fastify({ bodyLimit: MOST_BYTES_OF_MAIL });
  parseJsonBodies(server);
  const bound = boundDeliveries(async (key) => {
    await found;
    return { opensMail: key.startsWith('mail') };
  }, { withinMs });
  server.addHook('preParsing', bound);
  server.setErrorHandler((error: DomainError, _, reply) => {
    const { status, headers, body } = httpProblem(error.body);
    return reply.status(status).headers(headers).send(body);
  });
  server.post('/in/:key', { config: { takesBytes: true } }, async ({ body }) => {
    held += 1;
    arrivals.emit('held');
    await taken;
    return `${(body as Buffer).length} bytes`;
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
}

function gate(): { shut: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const shut = new Promise<void>((resolve) => { open = resolve; });
  return { shut, open };
}

async function allHeld(count: number): Promise<void> {
  while (held < count) await once(arrivals, 'held');
}

async function begin(key: string, framing: string, bytes = 0): Promise<Socket> {
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined); // the server may have had enough
  await once(socket, 'connect');
  socket.write(`POST /in/${key} HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Type: text/plain\r\n${framing}\r\n\r\n`);
  for (let left = bytes; left > 0; left -= MB / 16) chunk(socket, framing, Math.min(left, MB / 16));
  return socket;
}

const CHUNKED = 'Transfer-Encoding: chunked';
const chunk = (socket: Socket, framing: string, bytes: number): boolean =>
  socket.write(framing === CHUNKED ? `${bytes.toString(16)}\r\n${'x'.repeat(bytes)}\r\n` : 'x'.repeat(bytes));
const known = (bytes: number): string => `Content-Length: ${bytes}`;

async function sent(key: string, bytes: number, framing = known(bytes)): Promise<string> {
  const socket = await begin(key, framing, bytes);
  if (framing === CHUNKED) socket.write('0\r\n\r\n');
  return text(socket);
}

const status = (answer: string): number => Number(answer.split(' ')[1]);

it.each([
  ['a short one', 'other', MOST_BYTES, undefined, 200], ['a longer one', 'other', MOST_BYTES + 1, undefined, 413],
  ['a short one in chunks', 'other', MOST_BYTES, CHUNKED, 200], ['a longer one in chunks', 'other', MOST_BYTES + 1, CHUNKED, 413],
  ['a large e-mail', 'mail', 2 * MB, undefined, 200], ['a large e-mail in chunks', 'mail', 2 * MB, CHUNKED, 200],
  ['too large an e-mail in chunks', 'mail', 11 * MB, CHUNKED, 413],
])('%s to %s of %i bytes', async (_what, key, bytes, framing, expected) => {
  const answer = await sent(key, bytes, framing);
  expect(status(answer)).toBe(expected);
  if (expected === 200) expect(answer).toContain(`${bytes} bytes`);
});

describe('large e-mails', () => {
  it.each([['with their length', undefined], ['in chunks', CHUNKED]])('come two by one connector, and eight by all, at a time, %s', async (_, framing) => {
    const { shut, open } = gate();
    taken = shut;
    const first = ['mail1', 'mail2', 'mail3', 'mail4'].flatMap((key) => [sent(key, 2 * MB, framing), sent(key, 2 * MB, framing)]);
    await allHeld(8);
    expect(await Promise.all([sent('mail1', 2 * MB, framing), sent('mail5', 2 * MB, framing)].map(async (one) => status(await one)))).toEqual([503, 503]);
    const small = [sent('mail1', MB / 2, CHUNKED), sent('mail1', MB, CHUNKED)];
    await allHeld(10);
    open();
    expect((await Promise.all([...first, ...small])).map(status)).toEqual(Array(10).fill(200));
    expect(status(await sent('mail1', 2 * MB, framing))).toBe(200);
  });

  it('make room when their senders hang up, also before it is known who they are', async () => {
    const { shut, open } = gate();
    found = shut;
    for (const key of ['mail1', 'mail1', 'mail2', 'mail2', 'mail3', 'mail3', 'mail4', 'mail4']) await hangUp(key);
    open();
    found = Promise.resolve();
    for (const key of ['mail1', 'mail1', 'mail1']) await hangUp(key);
    expect(status(await sent('mail1', 2 * MB))).toBe(200);
  });

  it('have to come in time', async () => {
    await server.close();
    await serve(1_000);
    const slow = await begin('mail1', known(2 * MB), MB);
    expect(status(await text(slow))).toBe(408);
    expect(status(await text(await begin('other', CHUNKED, 1)))).toBe(408);
    await eventually('its place is free', async () => status(await sent('mail1', 2 * MB)) === 200);
  });
});

/** Begins a large e-mail, and returns when the server has heard that nothing more comes of it. */
async function hangUp(key: string): Promise<void> {
  const request = once(server.server, 'request') as Promise<[unknown, EventEmitter]>;
  const socket = await begin(key, known(2 * MB), 10);
  const [, response] = await request;
  const over = once(response, 'close');
  socket.destroy();
  await over;
}
