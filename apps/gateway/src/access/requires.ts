import { applyDecorators, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiSecurity } from '@nestjs/swagger';
import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import { DomainError, type Scope } from '@headwater/contracts';
import type { Authenticate } from './authenticate';

const TAKES = Symbol('takes');

/** Says what a method reads of a request. */
export const Takes = (what: Omit<FastifyContextConfig, 'requires'>): MethodDecorator => (target, name, descriptor) =>
  SetMetadata(TAKES, { ...takenBy(descriptor), ...what })(target, name, descriptor);

const takenBy = ({ value }: PropertyDescriptor): object => (Reflect.getMetadata(TAKES, value as object) ?? {}) as object;

/** The scope that a caller needs for this route. A route of the API without one is refused to everybody. */
export const Requires = (scope: Scope): MethodDecorator => (target, name, descriptor) =>
  applyDecorators(RouteConfig({ requires: scope, ...takenBy(descriptor) }), ApiSecurity('bearer', [scope]))(target, name, descriptor);

/**
 * Lets a request in, or not, before its body is read. It goes by the route that was matched, never by the address as it was
 * written: an address can be written in many ways.
 */
export const accessHook = (authenticate: Authenticate) => async (request: FastifyRequest): Promise<void> => {
  const { url, config } = request.routeOptions;
  if (!url?.startsWith('/api/')) return; // health, documents and inlets are open; nothing else is there
  request.caller = await authenticate.caller(request.headers.authorization);
  request.scope.tenant = request.caller.tenant?.id;
  if (config.requires && request.caller.scopes.includes(config.requires)) return;
  throw new DomainError({
    kind: 'forbidden', code: 'forbidden', detail: config.requires ? `This needs the scope ${config.requires}` : 'This is open to nobody',
  });
};
