import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError, SERVICES, type Service } from '@headwater/contracts';
import { documentMethod } from '../documents/document-method';
import { documentId } from '../documents/unknown-id';

/** The service in the path. What is none of them isn't there: 404. */
export const PathService = (): ParameterDecorator => documentMethod(
  documentId('Service', { name: 'service', description: 'name of the service', schema: { type: 'string', enum: [...SERVICES] }, example: 'scoring' }),
  createParamDecorator((_: unknown, context: ExecutionContext): Service => {
    const { service } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { service: string } }>>().params;
    const known = SERVICES.find((name) => name === service);
    if (!known) throw DomainError.notFound('Service');
    return known;
  })(),
);
