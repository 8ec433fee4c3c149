import type { IncomingMessage } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '@headwater/contracts';
import { Takes } from '../access/requires';
import { documentMethod } from '../documents/document-method';

/** What a file of rows is sent as. */
const MEDIA_TYPE = /^(text\/csv|text\/tab-separated-values|application\/csv|application\/vnd\.ms-excel)\b/i;

const unsupported = (detail: string): DomainError =>
  new DomainError({ kind: 'unsupported_media_type', code: 'unsupported_media_type', detail });

/** What such a body is called within, so that no parser reads it. */
const LEFT = 'application/vnd.headwater.file';

/** How a file comes whose sender didn't say that it is one, or put it into a form: larger than any body, and not read. */
const MISTAKEN = /^(text\/plain|multipart\/form-data|application\/(x-www-form-urlencoded|octet-stream))\b/i;

/** Leaves the body of a file to the route that takes it; to others it is a body like any other. */
export function leaveFiles(server: FastifyInstance): void {
  server.addHook('onRequest', async ({ routeOptions, headers }: FastifyRequest) => {
    const type = headers['content-type'] ?? '';
    if (!routeOptions.config.takesFile) return;
    if (MISTAKEN.test(type)) throw unsupported('Send the file itself, as text/csv, and not within a form');
    if (MEDIA_TYPE.test(type)) headers['content-type'] = LEFT;
  });
  server.addContentTypeParser(LEFT, (request: FastifyRequest, _body, done) => {
    if (request.routeOptions.config.takesFile) done(null, undefined);
    else done(unsupported('Send the body as application/json in UTF-8'));
  });
}

/** A body that is read while it comes. */
export interface FileStream {
  stream: IncomingMessage;
  /** how it is compressed */
  coding: 'identity' | 'gzip' | 'deflate';
}

/** A file of any size, as it comes. @throws DomainError 415 for another media type or coding */
export function FileBody(description: string): ParameterDecorator {
  const take = createParamDecorator((_: unknown, context: ExecutionContext): FileStream => {
    const { raw, headers } = context.switchToHttp().getRequest<FastifyRequest>();
    if (headers['content-type'] !== LEFT) throw unsupported('Send the file as text/csv');
    const coding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase().replace(/^x-/, '');
    if (coding !== 'identity' && coding !== 'gzip' && coding !== 'deflate') throw unsupported('Send the file plain, or with Content-Encoding gzip or deflate');
    return { stream: raw, coding };
  });
  const describe: MethodDecorator = (target, name, descriptor) => {
    Takes({ takesFile: true })(target, name, descriptor);
    ApiConsumes('text/csv')(target, name, descriptor);
    ApiBody({ required: true, description, schema: { type: 'string' } })(target, name, descriptor);
  };
  return documentMethod(describe, take());
}
