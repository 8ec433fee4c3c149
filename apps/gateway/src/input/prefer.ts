import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { documentMethod } from '../documents/document-method';

const RESPOND_ASYNC = /(?:^|,)\s*respond-async\s*(?:[,;]|$)/i;

/** Whether the caller prefers to be answered before the work is done (RFC 7240). */
export const prefersAsync = (header: string | undefined): boolean => RESPOND_ASYNC.test(header ?? '');

/** The same as a parameter; whoever honours it says so with `preferenceApplied`. */
export const PrefersAsync = (): ParameterDecorator => documentMethod(
  ApiHeader({
    name: 'Prefer', required: false, schema: { type: 'string' },
    description: '`respond-async`: answer 202 as soon as it is kept durably, and take it in afterwards; with the same effect',
  }),
  createParamDecorator((_: unknown, context: ExecutionContext) =>
    prefersAsync(context.switchToHttp().getRequest<FastifyRequest>().headers.prefer as string | undefined))(),
);

export const preferenceApplied = (reply: FastifyReply): void => void reply.header('preference-applied', 'respond-async');
