import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import type { ErrorBody } from '@headwater/contracts';
import { httpProblem, type HttpProblem } from './http-problem';

const problem = (kind: ErrorBody['kind'], code: string, detail: string): HttpProblem => httpProblem({ kind, code, detail });

/** What of the address was wrong isn't said: it would be repeated, and may hold a person. */
const ADDRESS = problem('malformed', 'malformed', 'The address could not be read: a part of it is too long, or is not percent-encoded UTF-8');
const HEADERS = problem('headers_too_large', 'headers_too_large', 'The address and the headers are larger than 16 kB together');
const SLOW = problem('timeout', 'request_timeout', 'The request did not come to its end in time');
const NO_HTTP = problem('malformed', 'malformed', 'This is not HTTP as it can be read');

/** An address that can't even be read never reaches Nest: it is answered in the same words. */
export function answerUnreadableAddress(_error: Error, _request: unknown, reply: FastifyReply): void {
  void reply.status(ADDRESS.status).headers(ADDRESS.headers).send(ADDRESS.body);
}

/** A request that Node can't read never reaches Fastify: the same words, by hand. */
export function answerUnreadableRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(written(unreadable(error.code)));
  socket.destroy();
}

function unreadable(code: string | undefined): HttpProblem {
  if (code === 'HPE_HEADER_OVERFLOW') return HEADERS;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? SLOW : NO_HTTP;
}

function written({ status, headers, body }: HttpProblem): string {
  const text = JSON.stringify(body);
  const lines = { ...headers, 'content-length': String(Buffer.byteLength(text)), connection: 'close' };
  return `HTTP/1.1 ${status} ${String(body.title)}\r\n${Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`;
}
