import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { enterHttp, Tracing } from '@headwater/platform';
import { Authenticate } from './access/authenticate';
import { OPEN_PREFIXES } from './access/open';
import { accessHook } from './access/requires';
import { serveDocuments } from './documents/openapi';
import { boundDeliveries } from './connectors/bound-deliveries';
import { OpenedConnectors } from './connectors/opened-connectors';
import { leaveFiles } from './input/file-body';
import { parseJsonBodies, refuseStrayBody } from './input/json-body';
import { refuseStrayParameters } from './input/parameters';
import { refuseMethods } from './input/refuse-method';
import { Inlets } from './inlets/inlets';

/** Where leads come in: their items say themselves whom they are about. */
const HOT = ['POST /api/v1/crm/leads', 'POST /api/v1/crm/leads/batch', 'POST /api/v1/crm/events'];

/** What every HTTP request goes through before its route, and the documents. */
export function prepareHttp(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  enterHttp(server, app.get(Tracing), { entries: ['/api/', ...OPEN_PREFIXES], hot: HOT });
  server.decorateRequest('caller', null);
  server.addHook('onRoute', (route) => { route.bodyLimit = route.config?.mostBytes ?? route.bodyLimit; });
  server.addHook('onRequest', keepNowhere);
  refuseMethods(server);
  server.addHook('onRequest', accessHook(app.get(Authenticate, { strict: false })));
  server.addHook('onRequest', refuseStrayParameters);
  const inlets = app.get(Inlets, { strict: false });
  const opened = app.get(OpenedConnectors, { strict: false });
  const bound = boundDeliveries(async (key) => opened.open(await inlets.require('connector', key)).connector);
  server.addHook('preParsing', async (request, reply, payload) => (
    request.routeOptions.url === '/in/:key' && request.method === 'POST' ? bound(request, reply, payload) : payload));
  parseJsonBodies(server);
  server.addHook('preValidation', refuseStrayBody);
  leaveFiles(server);
  serveDocuments(app);
}

/** What the API tells is people's data, and who may see it changes; what isn't there today may be tomorrow. */
async function keepNowhere({ is404, routeOptions }: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (is404 || routeOptions.url?.startsWith('/api/')) void reply.header('cache-control', 'no-store');
}
