import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Problem } from './answers';
import { referredSchemas, schemaOf } from './schemas';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** The OpenAPI 3.1 document of every route of the API, from what the controllers declare. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const head = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Headwater')
    .setVersion('1')
    .setDescription('Leads from capture to customer. Success is `{message, data}` with `warnings` and `meta` where there are any; errors are RFC 9457 problems.')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'an API key (`hw_…`) or a JWT' })
    .build();
  const document = SwaggerModule.createDocument(app, head);
  document.paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => path.startsWith('/api/')));
  const problem = schemaOf(Problem, { closed: false });
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) if (item[method]) complete(item[method], { method, path, problem });
  }
  document.components = { ...document.components, schemas: referredSchemas() as NonNullable<OpenAPIObject['components']>['schemas'] };
  return document;
}

const SENTENCES: Readonly<Record<string, string>> = {
  400: 'The body could not be read', 401: 'No caller, or not a known one', 403: 'The caller lacks the scope', 404: 'There is no such record in this tenant',
  409: 'The state of the record forbids it, or a request with this Idempotency-Key is being worked on', 412: 'The record was changed meanwhile',
  413: 'The body is larger than 256 kB', 415: 'The body is not JSON', 422: 'Something in the request is not valid',
  503: 'A service that this needs does not answer; try again after `Retry-After` seconds',
};

/** Adds what holds for every operation of its kind. */
function complete(operation: Operation, { method, path, problem }: { method: string; path: string; problem: object }): void {
  const hasBody = operation.requestBody !== undefined;
  const statuses = [401, 403, 422, 503, ...(hasBody ? [400, 413, 415] : []), ...(path.includes('{') ? [404] : []), ...(method === 'get' ? [] : [409])];
  for (const status of statuses) {
    operation.responses[status] ??= {
      description: SENTENCES[status], content: { 'application/problem+json': { schema: problem } },
    };
  }
  if (method === 'post') {
    (operation.parameters ??= []).push({
      name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 200 },
      description: 'Names this attempt: a repetition with the same body gets the first answer, for 48 hours',
    });
  }
}

/** Serves the document as JSON, and a page to read it. */
export function serveDocuments(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, openApiDocument(app), { jsonDocumentUrl: 'openapi.json', yamlDocumentUrl: 'openapi.yaml' });
}
