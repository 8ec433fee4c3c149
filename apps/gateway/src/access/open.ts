import { RouteConfig } from '@nestjs/platform-fastify';

/** Where anybody may send something: a key in the address says whose it is. */
export const OPEN_PREFIXES = ['/f/', '/in/'];

/** A route that is open to anybody. Its body comes as bytes: what it is says the inlet, and a signature is made of bytes. */
export const Open = ({ mostBytes }: { mostBytes?: number } = {}): MethodDecorator =>
  RouteConfig({ takesBytes: true, ...(mostBytes ? { mostBytes } : {}) });
