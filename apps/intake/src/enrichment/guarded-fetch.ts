import { lookup as lookUpBySystem, Resolver } from 'node:dns/promises';
import { request as askPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as askByTls } from 'node:https';
import type { LookupFunction } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { NamedHost } from '../domain/enrichment/named-hosts';
import { isPublicAddress, literalAddress } from '../domain/enrichment/public-address';

export interface Asked {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

export interface Limits {
  /** for all of it: names, connections, redirects, body */
  timeoutMs: number;
  /** of the body, unpacked; what is longer is cut off */
  maxBytes: number;
  /** 0 hands a redirect back as the answer that it is */
  maxRedirects: number;
}

export interface Fetched {
  /** where it came from, after redirects */
  url: string;
  status: number;
  contentType: string;
  body: Buffer;
  /** there was more */
  cut: boolean;
}

export type FetchProblem =
  | 'not_http' | 'with_credentials' | 'port_not_allowed' | 'address_not_public' | 'no_such_host' | 'too_many_redirects' | 'redirect_to_nowhere'
  | 'unknown_encoding' | 'timed_out' | 'unreachable';

/** Another try may help, or none does. */
const TEMPORARY: ReadonlySet<FetchProblem> = new Set<FetchProblem>(['timed_out', 'unreachable']);

export class FetchError extends Error {
  readonly temporary: boolean;

  constructor(readonly code: FetchProblem, options?: ErrorOptions) {
    super(`The page could not be fetched: ${code}`, options);
    this.temporary = TEMPORARY.has(code);
  }
}

/** Every address that a name has. @throws FetchError no_such_host, unreachable */
export type Resolve = (host: string, signal: AbortSignal) => Promise<string[]>;

interface Guard {
  /** hosts that may be asked though they aren't public */
  named: readonly NamedHost[];
  /** that anybody may be asked at; those of the web when absent */
  ports?: readonly number[];
  resolve?: Resolve;
  isPublic?: (address: string) => boolean;
}

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Asks strangers on the web, and only them: an address that a tenant or a lead names must not lead to what is ours. Every address
 * of the name has to be public, the connection goes to the address that was checked, and both once more at every redirect.
 */
export class GuardedFetch {
  private readonly resolve: Resolve;
  private readonly isPublic: (address: string) => boolean;
  private readonly ports: readonly number[];

  constructor(private readonly guard: Guard) {
    this.resolve = guard.resolve ?? resolveByName;
    this.isPublic = guard.isPublic ?? isPublicAddress;
    this.ports = guard.ports ?? Object.values(PORTS);
  }

  /** @param ended when whoever asks goes away @throws FetchError; the reason of `ended` when it has ended */
  async fetch(asked: Asked, limits: Limits, ended: AbortSignal): Promise<Fetched> {
    const signal = AbortSignal.any([ended, AbortSignal.timeout(Math.ceil(limits.timeoutMs))]);
    try {
      return await this.follow(asked, limits, signal);
    } catch (error) {
      if (ended.aborted) throw ended.reason;
      if (signal.aborted) throw new FetchError('timed_out');
      throw error instanceof FetchError ? error : new FetchError('unreachable', { cause: error });
    }
  }

  private async follow(asked: Asked, limits: Limits, signal: AbortSignal): Promise<Fetched> {
    let url = new URL(asked.url);
    for (let left = limits.maxRedirects; ; left -= 1) {
      const response = await send(url, await this.placeOf(url, signal), asked, signal);
      const { statusCode: status = 0, headers: { location, 'content-type': contentType = '' } } = response;
      if (limits.maxRedirects === 0 || !REDIRECTS.has(status)) return { url: url.href, status, contentType, ...await readBody(response, limits.maxBytes) };
      response.destroy();
      if (left === 0) throw new FetchError('too_many_redirects');
      if (!location || !URL.canParse(location, url.href)) throw new FetchError('redirect_to_nowhere');
      url = new URL(location, url);
    }
  }

  /** Where the connection is to go: to these addresses, and to no other that the name may have a moment later. */
  private async placeOf(url: URL, signal: AbortSignal): Promise<Place> {
    if (!Object.hasOwn(PORTS, url.protocol)) throw new FetchError('not_http');
    if (url.username || url.password) throw new FetchError('with_credentials');
    const port = Number(url.port || PORTS[url.protocol]);
    const host = url.hostname.replace(/\.$/, '');
    const named = this.guard.named.find((one) => one.host === host);
    if (named?.at) return { addresses: [named.at.address], port: named.at.port };
    if (!this.ports.includes(port) && named?.port !== port) throw new FetchError('port_not_allowed');
    if (named) return { addresses: (await lookUpBySystem(host, { all: true })).map(({ address }) => address), port };
    const literal = literalAddress(host);
    const addresses = literal ? [literal] : await this.resolve(host, signal);
    if (!addresses.every(this.isPublic)) throw new FetchError('address_not_public');
    return { addresses, port };
  }
}

interface Place { addresses: string[]; port: number }

const familyOf = (address: string): 4 | 6 => (address.includes(':') ? 6 : 4);

function send(url: URL, { addresses, port }: Place, { method = 'GET', headers, body }: Asked, signal: AbortSignal): Promise<IncomingMessage> {
  const found = addresses.map((address) => ({ address, family: familyOf(address) }));
  const pinned: LookupFunction = (_host, { all }, answer) => (all ? answer(null, found) : answer(null, found[0].address, found[0].family));
  const options: RequestOptions = {
    method, signal, port, agent: false, lookup: pinned, host: url.hostname.replace(/^\[|\]$/g, ''), path: `${url.pathname}${url.search}`,
    headers: { ...headers, host: url.host, 'accept-encoding': 'gzip, br', connection: 'close', ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? askByTls : askPlain)(options, resolve);
    request.once('error', reject);
    request.end(body);
  });
}

/** What a Content-Encoding is unpacked with; what fits no name is refused. */
const UNPACK: Readonly<Record<string, () => ReturnType<typeof createGunzip>>> = {
  gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress,
};

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Pick<Fetched, 'body' | 'cut'>> {
  const parts: Buffer[] = [];
  let size = 0;
  // Left before its end, the stream is destroyed, and the connection with it: nobody unpacks or sends what isn't read.
  for await (const part of unpacked(response) as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > maxBytes) return { body: Buffer.concat(parts).subarray(0, maxBytes), cut: true };
  }
  return { body: Buffer.concat(parts), cut: false };
}

function unpacked(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (encoding === 'identity') return response;
  if (!Object.hasOwn(UNPACK, encoding)) {
    response.destroy();
    throw new FetchError('unknown_encoding');
  }
  // Its error comes out where the body is read.
  return pipeline(response, UNPACK[encoding](), () => undefined);
}

const NO_SUCH = new Set(['ENOTFOUND', 'ENODATA']);
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

/** Asks name servers directly: the system's own look-up would hold one of four threads of the process, however long it takes. */
async function resolveByName(host: string, signal: AbortSignal): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  const cancel = (): void => resolver.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length > 0) return addresses;
    const failed = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
    throw new FetchError(failed.every((error) => NO_SUCH.has(codeOf(error))) ? 'no_such_host' : 'unreachable', { cause: failed[0] });
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
