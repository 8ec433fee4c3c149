import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SECONDS, type Histogram, type Metrics } from './metrics';

/** Measures every answer by the route that was matched, never by the address as it was written: that holds ids. */
export function measureHttp(server: FastifyInstance, metrics: Metrics): void {
  const duration = metrics.histogram({
    name: 'headwater_http_request_duration_seconds', help: 'From the head of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'], buckets: SECONDS,
  });
  const known = new Map<string, Histogram.Internal<'method' | 'route' | 'status'>>();

  function durationOf(method: string, route: string, status: string): Histogram.Internal<'method' | 'route' | 'status'> {
    const name = `${method} ${route} ${status}`;
    let child = known.get(name);
    if (!child) known.set(name, child = duration.labels(method, route, status));
    return child;
  }

  server.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const route = request.is404 ? 'unmatched' : request.routeOptions.url ?? 'unmatched';
    durationOf(request.method, route, `${Math.floor(reply.statusCode / 100)}xx`).observe(reply.elapsedTime / 1_000);
    done();
  });
}
