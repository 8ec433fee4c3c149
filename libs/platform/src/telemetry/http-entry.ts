import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { enter, hold, type Scope } from './scope';
import { readTraceparent } from './traceparent';
import type { Tracing } from './tracing';

declare module 'fastify' {
  interface FastifyRequest {
    /** whom the request serves; has a correlation id from the start */
    scope: Scope & { correlation_id: string };
    /** whether whatever it leads to finds its scope by itself */
    isFollowed: boolean;
  }
}

const CORRELATION_ID = /^[\w.:-]{1,100}$/;

interface EntryOptions {
  /** how the routes begin that are somebody's business; health, metrics and documents are nobody's in particular */
  entries: string[];
  /** routes as `POST /path/:id` that do without a scope that follows them: they say by hand what their lines are about */
  hot: string[];
}

/** Gives every request its correlation id, which the answer repeats, and those that are somebody's business a scope and a span. */
export function enterHttp(server: FastifyInstance, tracing: Tracing, { entries, hot }: EntryOptions): void {
  const isHot = new Set(hot);
  server.decorateRequest('scope', null as never);
  server.decorateRequest('isFollowed', false);
  server.addHook('onRequest', (request, reply, done) => {
    const correlation_id = correlationIdOf(request) ?? randomUUID();
    void reply.header('x-correlation-id', correlation_id);
    request.scope = { correlation_id, traceparent: traceparentOf(request) };
    const { url: route } = request.routeOptions; // made anew at each look
    if (!entries.some((prefix) => route?.startsWith(prefix))) return done();
    const name = `${request.method} ${route}`;
    traceRequest(tracing, name, request, reply);
    request.isFollowed = !isHot.has(name);
    if (!request.isFollowed) return done();
    reply.raw.once('close', hold());
    enter(request.scope, done);
  });
  // Once more: what reads the body is called by the socket, which belongs to nobody.
  server.addHook('preValidation', (request, _reply, done) => {
    if (!request.isFollowed) return done();
    enter(request.scope, done);
  });
}

function correlationIdOf({ headers }: FastifyRequest): string | undefined {
  return [headers['x-correlation-id'], headers['x-request-id']].find((id): id is string => typeof id === 'string' && CORRELATION_ID.test(id));
}

function traceparentOf({ headers }: FastifyRequest): string | undefined {
  return readTraceparent(headers.traceparent) && headers.traceparent as string;
}

/** By the route, never by the address as it was written: that may hold anything. */
function traceRequest(tracing: Tracing, name: string, request: FastifyRequest, reply: FastifyReply): void {
  const span = tracing.beginAtEdge(name, {
    kind: 'server', parent: request.scope.traceparent,
    attributes: () => ({ 'http.request.method': request.method, 'http.route': request.routeOptions.url, 'url.scheme': request.protocol }),
  });
  if (!span) return;
  request.scope.traceparent = span.traceparent;
  reply.raw.once('close', () => {
    const { statusCode } = reply;
    const failure = !reply.raw.writableFinished ? 'connection_closed' : statusCode >= 500 ? String(statusCode) : undefined;
    span.set({ 'http.response.status_code': statusCode, 'headwater.tenant': request.scope.tenant });
    span.end(failure);
  });
}
