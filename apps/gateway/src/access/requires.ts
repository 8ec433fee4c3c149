import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DomainError, type Scope } from '@headwater/contracts';
import type { Authenticate } from './authenticate';

/** The scope that a caller needs for this route. A route of the API without one is refused to everybody. */
export const Requires = (scope: Scope): MethodDecorator => (target, name, descriptor) => {
  const takesParameters = Reflect.getMetadata(TAKES_PARAMETERS, descriptor.value as object) === true;
  const listBytes = Reflect.getMetadata(TAKES_LIST, descriptor.value as object) as number | undefined;
  const takesCsv = Reflect.getMetadata(TAKES_CSV, descriptor.value as object) === true;
  const takesBody = Reflect.getMetadata(TAKES_BODY, descriptor.value as object) === true;
  const takesFile = Reflect.getMetadata(TAKES_FILE, descriptor.value as object) === true;
  applyDecorators(RouteConfig({ requires: scope, takesParameters, takesBody, listBytes, takesCsv, takesFile }), ApiSecurity('bearer', [scope]))(target, name, descriptor);
};

/** Marks a method that reads a body. */
export const TAKES_BODY = Symbol('takes a body');

/** Marks a method whose body is a list of bodies, with the most bytes of all together. */
export const TAKES_LIST = Symbol('takes a list');

/** Marks a method whose body may be a table. */
export const TAKES_CSV = Symbol('takes CSV');

/** Marks a method that reads its body itself, while it comes. */
export const TAKES_FILE = Symbol('takes a file');

/** Marks a method that reads the parameters behind the `?`. */
export const TAKES_PARAMETERS = Symbol('takes parameters');

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
