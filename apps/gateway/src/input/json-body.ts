import { finished } from 'node:stream';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, type MessageClass } from '@headwater/contracts';
import { compileValidator, type Validator } from '@headwater/platform';
import { Takes } from '../access/requires';
import { CsvText, isCsv } from './csv-text';
import { DEEPEST, inspectJson, refuseDepth } from './inspect-json';
import { documentMethod } from '../documents/document-method';
import { schemaOf } from '../documents/schemas';
import { unknownFields } from './unknown-fields';

const utf8 = new TextDecoder('utf-8', { fatal: true });
const MEDIA_TYPE = /^application\/(json|merge-patch\+json)\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

const malformed = (detail: string): DomainError => new DomainError({ kind: 'malformed', code: 'malformed', detail });

/** The items of a list may be nested as deep as any body: each is inspected by itself. */
const DEEPEST_LIST = DEEPEST + 3;

/**
 * JSON in UTF-8, or bytes where a route takes those. An absent body stays undefined; who needs one refuses that.
 * @param drainWithinMs how long what is too large may take to arrive, until it is answered all the same
 */
export function parseJsonBodies(server: FastifyInstance, { drainWithinMs = 5_000 } = {}): void {
  server.removeAllContentTypeParsers();
  server.addHook('onRoute', (route) => {
    if (route.config?.listBytes) Object.assign(route, { bodyLimit: route.config.listBytes });
    // A file is read by who takes it: nobody would read on what is left of one that was refused.
    if (BODIES.has(String(route.method)) && !route.config?.takesFile) Object.assign(route, { onSend: letFinish(drainWithinMs) });
  });
  // One parser for every type, so that the refusal of a type is ours as well.
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request: FastifyRequest, bytes: Buffer, done) => {
    try {
      if (request.routeOptions.config.takesBytes) return done(null, bytes);
      done(null, bytes.length === 0 || request.is404 ? undefined : parse(request, bytes));
    } catch (error) {
      done(error as Error);
    }
  });
}

const BODIES = new Set(['POST', 'PUT', 'PATCH']);
const MOST_DRAINED_BYTES = 32 * 1_024 * 1_024;

/**
 * Closing the connection while its client still sends, as Fastify does, or Node for a client that wants it closed, would lose the answer on
 * the way: what is too large, or too much just now, is read to its end within bounds, thrown away, and answered then. Who is slower than that may lose it.
 */
const letFinish = (withinMs: number) => ({ headers, raw }: FastifyRequest, reply: FastifyReply, _payload: unknown, done: () => void): void => {
  const length = Number(headers['content-length'] ?? Infinity);
  const isRefusedUnread = reply.statusCode === 413 || (reply.statusCode === 503 && !raw.complete);
  if (!isRefusedUnread || length > MOST_DRAINED_BYTES) return done();
  const unheard = finished(raw.resume(), () => {
    clearTimeout(tooSlow);
    reply.removeHeader('connection');
    done();
  });
  const tooSlow = setTimeout(() => {
    unheard();
    reply.header('connection', 'close');
    done();
  }, withinMs);
};

function parse({ headers, method, routeOptions }: FastifyRequest, bytes: Buffer): unknown {
  const subtype = MEDIA_TYPE.exec(headers['content-type'] ?? '')?.[1].toLowerCase();
  const encoded = (headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity';
  if (routeOptions.config.takesCsv && !encoded && isCsv(headers['content-type'])) return new CsvText(textOf(bytes));
  if (!subtype || encoded || (subtype === 'merge-patch+json' && method !== 'PATCH')) {
    throw new DomainError({
      kind: 'unsupported_media_type', code: 'unsupported_media_type', detail: 'Send the body as application/json in UTF-8',
    });
  }
  if (!routeOptions.config.listBytes) return readJson(bytes);
  const body = parseText(bytes);
  refuseDepth(body, DEEPEST_LIST);
  return body;
}

/** @throws DomainError `malformed`; `invalid` as `inspectJson` */
export function readJson(bytes: Buffer): unknown {
  const body = parseText(bytes);
  inspectJson(body);
  return body;
}

function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw malformed('The body is not valid UTF-8');
  }
}

function parseText(bytes: Buffer): unknown {
  const text = textOf(bytes);
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('The body is not JSON'); // what the parser says of it quotes the body, which may hold a person
  }
}

/** Compiled when the controllers are loaded, once per class. */
const validators = new Map<MessageClass, Validator<object>>();
export function validatorOf(type: MessageClass): Validator<object> {
  const known = validators.get(type) ?? compileValidator(type, { closed: true });
  validators.set(type, known);
  return known;
}

/** The body of the request, valid as the class declares it; properties that it doesn't declare are refused. */
export function JsonBody(type: MessageClass): ParameterDecorator {
  const validate = validatorOf(type);
  return bodyParameter(ApiBody({ schema: schemaOf(type), required: true }), validate);
}

/** The same of a command to which there need not be anything to say: an absent body is one without members. */
export function OptionalJsonBody(type: MessageClass): ParameterDecorator {
  return bodyParameter(ApiBody({ schema: schemaOf(type), required: false }), validatorOf(type), {});
}

/**
 * A document: any JSON object, which the service that it is for checks as a whole, and says all that is wrong.
 * @param document what it checks it by; or its members in words, where only the service knows them
 * @param bytes it may have, where it is more than any body may
 */
export const JsonDocument = (document: MessageClass | string, bytes?: number): ParameterDecorator => {
  const schema = typeof document === 'string' ? { type: 'object', description: document } : schemaOf(document);
  const described = ApiBody({ schema, required: true });
  return bodyParameter(bytes ? applyDecorators(described, Takes({ listBytes: bytes })) as MethodDecorator : described, (body) => {
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
    throw DomainError.invalidField('(body)', 'wrong_type', '(body) must be an object');
  });
};

/** @param absent what an absent body stands for, where it is no mistake */
export function bodyParameter(describe: MethodDecorator, validate: (body: unknown) => unknown, absent?: object): ParameterDecorator {
  const take = createParamDecorator((_: unknown, context: ExecutionContext) => {
    const { body = absent } = context.switchToHttp().getRequest<FastifyRequest>();
    if (body === undefined) throw malformed('A body is missing');
    return validate(body);
  });
  return documentMethod(applyDecorators(describe, Takes({ takesBody: true })) as MethodDecorator, take());
}

/** A body that nobody reads is a mistake that its sender should hear of, unless there is nothing in it. */
export async function refuseStrayBody({ body, routeOptions: { config } }: FastifyRequest): Promise<void> {
  if (body === undefined || !config.requires || config.takesBody || config.takesFile) return;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw DomainError.invalidField('(body)', 'wrong_type', '(body) must be an object');
  const stray = Object.keys(body);
  if (stray.length > 0) throw unknownFields(stray);
}
