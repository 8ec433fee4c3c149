import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { documentMethod } from '../documents/document-method';

const take = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']);

/** What a change is based on, as it was sent: undefined without the header. Each kind of record reads its own tags. */
export const IfMatch = (): ParameterDecorator => documentMethod(ApiHeader({
  name: 'If-Match', required: false, description: 'the ETag that this is based on; 412, saying where it stands, when it has another by now',
}), take());
