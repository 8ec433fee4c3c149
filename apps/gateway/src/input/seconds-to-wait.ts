import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { documentMethod } from '../documents/document-method';

const WAIT = /(?:^|[,;])\s*wait\s*=\s*(\d{1,6})\s*(?:[,;]|$)/i;

/** The seconds that a caller wants to wait (`Prefer: wait=N`, RFC 7240), at most so many; 0 when it doesn't say. */
export const secondsToWait = (header: string | undefined, most: number): number => Math.min(most, Number(WAIT.exec(header ?? '')?.[1] ?? 0));

/** The same as a parameter; whoever honours it says so in `Preference-Applied`. */
export const SecondsToWait = (most: number): ParameterDecorator => documentMethod(
  ApiHeader({
    name: 'Prefer', required: false, schema: { type: 'string' }, description: `\`wait=N\`: answer when it is done, or after N seconds; at most ${most}`,
  }),
  createParamDecorator((_: unknown, context: ExecutionContext) =>
    secondsToWait(context.switchToHttp().getRequest<FastifyRequest>().headers.prefer as string | undefined, most))(),
);
