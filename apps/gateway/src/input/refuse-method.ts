import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '@headwater/contracts';

/** What a browser may always ask, whether a route answers it or not. */
const ASKS = 'OPTIONS';

/**
 * An address that is there, asked by a method that it doesn't take: 405, saying which it takes. OPTIONS alone is told without a refusal. Routes
 * are compared only for requests that no route took.
 */
export function refuseMethods(server: FastifyInstance): void {
  const methods = new Map<string, { pattern: RegExp; allowed: Set<string> }>();
  server.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? { pattern: patternOf(url), allowed: new Set() };
    for (const one of [method].flat()) if (one !== ASKS) known.allowed.add(one);
    methods.set(url, known);
  });
  server.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (!request.is404) return;
    const [path] = request.url.split('?', 1);
    const allowed = [...new Set([...methods.values()].filter(({ pattern }) => pattern.test(path)).flatMap((route) => [...route.allowed]))].sort();
    if (allowed.length === 0) return;
    void reply.header('allow', [...allowed, ASKS].join(', '));
    if (request.method === ASKS) return reply.status(204).send();
    throw new DomainError({
      kind: 'method_not_allowed', code: 'method_not_allowed', detail: `This address takes ${allowed.join(', ')}, not ${request.method}`, more: { allowed },
    });
  });
}

/** The addresses of a route as Fastify writes it: `:name` is a part of one, `*` all that is left. */
function patternOf(route: string): RegExp {
  const parts = route.split(/(:\w+|\*)/).map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}
