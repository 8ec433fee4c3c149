import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants, createGzip, gzipSync } from 'node:zlib';
import { FetchError, GuardedFetch, type Asked, type Limits, type Resolve } from '../src/enrichment/guarded-fetch';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
let asked: string[] = [];
const MB = 1_024 * 1_024;
/** What isn't about time has enough of it. */
const LIMITS: Limits = { timeoutMs: 20_000, maxBytes: MB, maxRedirects: 5 };
const going = new AbortController().signal;

/** A server on an address of the loopback. @returns its port */
async function serve(answer: Answer, address = '127.0.0.1', port = 0): Promise<number> {
  const server = createServer((request, response) => {
    asked.push(`${address}${request.url} for ${request.headers.host}`);
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => { server.listen(port, address, resolve); });
  return (server.address() as AddressInfo).port;
}

beforeEach(() => { asked = []; });
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  })));
});

const page: Answer = (_request, response) => response.setHeader('content-type', 'text/html').end('<title>Hi</title>');
const redirectTo = (location: string): Answer => (_request, response) => response.writeHead(302, { location }).end();
/** The page of `pages.example` is served by us; everything else is guarded as in production. */
const guarded = (port: number) => new GuardedFetch({ named: [{ host: 'pages.example', port: null, at: { address: '127.0.0.1', port } }] });
const fetchPage = (fetch: GuardedFetch, more: Partial<Limits> = {}, question: Asked = { url: 'http://pages.example/' }) => fetch.fetch(question, { ...LIMITS, ...more }, going);
const refusal = (answer: Promise<unknown>) => answer.then(() => 'fetched', (error: FetchError) => error.code);

test('a page is fetched, with where it came from', async () => {
  const port = await serve((request, response) => (request.url === '/' ? redirectTo('/home?x=1')(request, response) : page(request, response)));
  expect(await fetchPage(guarded(port))).toEqual({
    url: 'http://pages.example/home?x=1', status: 200, contentType: 'text/html', body: Buffer.from('<title>Hi</title>'), cut: false,
  });
  expect(asked).toEqual(['127.0.0.1/ for pages.example', '127.0.0.1/home?x=1 for pages.example']);
});

test.each([
  ['the loopback', 'http://127.0.0.1/'], ['the loopback by its number', 'http://2130706433/'], ['in octal', 'http://0177.0.0.1/'], ['in hex', 'http://0x7f.1/'],
  ['IPv6', 'http://[::1]/'], ['mapped', 'http://[::ffff:127.0.0.1]/'], ['NAT64', 'http://[64:ff9b::7f00:1]/'], ['6to4', 'http://[2002:7f00:1::]/'],
  ['any', 'http://0.0.0.0/'], ['private', 'https://10.1.2.3/'], ['metadata', 'http://169.254.169.254/latest/meta-data/'],
])('%s is not asked, not even after a redirect', async (_what, url) => {
  expect(await refusal(fetchPage(guarded(1), {}, { url }))).toBe('address_not_public');
  const port = await serve(redirectTo(url));
  expect(await refusal(fetchPage(guarded(port)))).toBe('address_not_public');
  expect(asked).toHaveLength(1);
});

test.each([
  ['http://pages2.example:8080/', 'port_not_allowed'], ['http://user:secret@pages.example/', 'with_credentials'], ['file:///etc/passwd', 'not_http'],
  ['ftp://pages.example/', 'not_http'], ['http://', 'redirect_to_nowhere'],
])('a redirect to %s is refused', async (url, code) => {
  const port = await serve(redirectTo(url));
  expect(await refusal(fetchPage(guarded(port)))).toBe(code);
});

test('a redirect without end ends', async () => {
  const port = await serve((request, response) => redirectTo(`/${Number(request.url?.slice(1)) + 1}`)(request, response));
  expect(await refusal(fetchPage(guarded(port)))).toBe('too_many_redirects');
  expect(asked).toHaveLength(6);
});

describe('a name', () => {
  /** What is public is 127.0.0.2, for once, and the port is the one that the system gave us. */
  const guardedBy = (resolve: Resolve, port: number) => new GuardedFetch({ named: [], ports: [port], resolve, isPublic: (address) => address === '127.0.0.2' });

  test.each([
    ['one private address among public ones', ['127.0.0.2', '127.0.0.1']], ['a mapped one', ['::ffff:127.0.0.1']], ['something that is none', ['localhost']],
  ])('that has %s is not asked', async (_what, addresses) => {
    const port = await serve(page);
    expect(await refusal(fetchPage(guardedBy(async () => addresses, port), {}, { url: `http://other.example:${port}/` }))).toBe('address_not_public');
    expect(asked).toEqual([]);
  });

  it('is asked where it was checked to be, whatever it says the second time; a redirect is checked again', async () => {
    const port = await serve(page); // first where others have ports, too
    await serve((request, response) => (request.url === '/' ? redirectTo('/again')(request, response) : page(request, response)), '127.0.0.2', port);
    const answers = [['127.0.0.2'], ['127.0.0.1']];
    const fetch = guardedBy(async () => answers.shift() ?? [], port);
    expect(await refusal(fetchPage(fetch, {}, { url: `http://rebinding.example:${port}/` }))).toBe('address_not_public');
    expect(asked).toEqual([`127.0.0.2/ for rebinding.example:${port}`]);
    expect(answers).toEqual([]);
  });

  it('that is not there is told from one that could not be asked', async () => {
    const told = async (url: string) => fetchPage(new GuardedFetch({ named: [] }), { timeoutMs: 500 }, { url }).catch(({ code, temporary }: FetchError) => [code, temporary]);
    expect(await told('http://nobody.invalid/')).toEqual(expect.arrayContaining([expect.stringMatching(/^(no_such_host|unreachable|timed_out)$/)]));
    const nobody = guardedBy(async () => { throw new FetchError('no_such_host'); }, 80);
    expect(await fetchPage(nobody, {}, { url: 'http://nobody.example/' }).catch(({ code, temporary }: FetchError) => [code, temporary])).toEqual(['no_such_host', false]);
  });

  it('that was named by the operator may have any address, and a port of its own', async () => {
    const port = await serve(page);
    const fetch = new GuardedFetch({ named: [{ host: 'localhost', port, at: null }] });
    expect((await fetchPage(fetch, {}, { url: `http://localhost:${port}/` })).status).toBe(200);
    expect(await refusal(fetchPage(fetch, {}, { url: `http://localhost:${port + 1}/` }))).toBe('port_not_allowed');
  });
});

describe('what takes its time', () => {
  const drip: Answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const timer = setInterval(() => response.write('<p>'), 20);
    response.once('close', () => clearInterval(timer));
  };

  test.each([
    ['a slow drip', drip], ['a server that says nothing', () => undefined], ['headers without end', (_request: IncomingMessage, response: ServerResponse) => { response.socket!.write('HTTP/1.1 200 OK\r\n'); }],
    ['slow redirects', (request: IncomingMessage, response: ServerResponse) => { setTimeout(() => redirectTo('/')(request, response), 150); }],
  ] satisfies [string, Answer][])('%s is left in time', async (_what, answer) => {
    const port = await serve(answer);
    expect(await refusal(fetchPage(guarded(port), { timeoutMs: 400 }))).toBe('timed_out'); // by its time, and by nothing else
  });

  it('is left when whoever asks goes away', async () => {
    const port = await serve(drip);
    const ended = new AbortController();
    const answer = guarded(port).fetch({ url: 'http://pages.example/' }, LIMITS, ended.signal);
    setTimeout(() => ended.abort(new Error('We close')), 50);
    await expect(answer).rejects.toThrow('We close');
  });
});

describe('what has no end', () => {
  const zeros = Buffer.alloc(64 * MB);
  const gzipBomb = gzipSync(zeros, { level: 1 });
  const brotliBomb = brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  const endless: Answer = (_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    const zip = createGzip({ level: 1 });
    const part = zeros.subarray(0, MB);
    zip.on('drain', () => zip.write(part)).pipe(response);
    response.once('close', () => zip.destroy());
    while (zip.write(part));
  };

  test.each([
    ['a body', (_request: IncomingMessage, response: ServerResponse) => {
      const more = (): void => { while (!response.destroyed && response.write('x'.repeat(64 * 1_024))); };
      response.on('drain', more).on('error', () => undefined);
      more();
    }],
    ['a bomb of gzip', (_request, response) => { response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipBomb); }],
    ['a bomb of brotli', (_request, response) => { response.writeHead(200, { 'content-encoding': 'br' }).end(brotliBomb); }],
    ['gzip', endless],
  ] satisfies [string, Answer][])('%s is cut', async (_what, answer) => {
    const port = await serve(answer);
    const before = process.memoryUsage().arrayBuffers;
    const { body, cut } = await fetchPage(guarded(port));
    expect([body.length, cut]).toEqual([MB, true]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * MB);
  });
});

test('what was packed is unpacked; an encoding that nobody knows is refused, and what breaks off is another time\'s', async () => {
  const packed = (encoding: string, body: Buffer): Promise<number> => serve((_request, response) => { response.writeHead(200, { 'content-encoding': encoding }).end(body); });
  expect((await fetchPage(guarded(await packed('gzip', gzipSync('Hi'))))).body.toString()).toBe('Hi');
  expect((await fetchPage(guarded(await packed('BR', brotliCompressSync('Hi'))))).body.toString()).toBe('Hi');
  expect(await refusal(fetchPage(guarded(await packed('zstd', Buffer.from('Hi')))))).toBe('unknown_encoding');
  expect(await refusal(fetchPage(guarded(await packed('gzip', Buffer.from('no gzip')))))).toBe('unreachable');
  expect(await refusal(fetchPage(guarded(await packed('gzip', gzipSync('x'.repeat(5_000)).subarray(0, 30)))))).toBe('unreachable');
});

test('a question carries its headers and its body', async () => {
  const port = await serve((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => { body += part.toString(); }).on('end', () => response.end(JSON.stringify([request.method, request.headers.authorization, request.headers['content-length'], body])));
  });
  const { body } = await fetchPage(guarded(port), {}, { url: 'http://pages.example/', method: 'POST', headers: { authorization: 'Bearer key' }, body: '{"a":"ü"}' });
  expect(JSON.parse(body.toString())).toEqual(['POST', 'Bearer key', '10', '{"a":"ü"}']);
});

test('a redirect may be the answer', async () => {
  const port = await serve(redirectTo('http://127.0.0.1/'));
  expect((await fetchPage(guarded(port), { maxRedirects: 0 })).status).toBe(302);
});
