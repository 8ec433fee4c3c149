import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DomainError, SERVICES, type Service } from '@headwater/contracts';
import { documentMethod } from '../documents/document-method';

/** The service in the path. What is none of them isn't there: 404. */
export const PathService = (): ParameterDecorator => documentMethod(
  ApiParam({ name: 'service', description: 'name of the service', schema: { type: 'string', enum: [...SERVICES] } }),
  createParamDecorator((_: unknown, context: ExecutionContext): Service => {
    const { service } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { service: string } }>>().params;
    const known = SERVICES.find((name) => name === service);
    if (!known) throw DomainError.notFound('Service');
    return known;
  })(),
);
