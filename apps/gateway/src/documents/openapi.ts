import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { OPEN_PREFIXES } from '../access/open';
import { completeOperation } from './complete-operation';
import { DESCRIPTION, TAGS } from './guide';
import { ENVELOPE_SCHEMAS } from './returns';
import { referredSchemas } from './schemas';
import { HEADERS, sharedResponses } from './shared-responses';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

type Components = NonNullable<OpenAPIObject['components']>;

/** The OpenAPI 3.1 document of every route of the API, from what the controllers declare. Needs no running server. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const head = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Headwater')
    .setVersion('1')
    .setDescription(DESCRIPTION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key (`hw_…`), or a JWT with the claims `tenant`, `sub`, `roles` and `exp`.' });
  for (const [name, description] of Object.entries(TAGS)) head.addTag(name, description);
  const document = SwaggerModule.createDocument(app, head.build(), { operationIdFactory: (_, method) => method, autoTagControllers: false });
  document.paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => path.startsWith('/api/') || OPEN_PREFIXES.some((prefix) => path.startsWith(prefix))));
  const ids = new Set<string>();
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) completeOperation(operation, method);
      if (operation && ids.size === ids.add(operation.operationId as string).size) throw new Error(`Two operations are called ${operation.operationId}`);
    }
  }
  const components = {
    ...document.components,
    responses: sharedResponses() as Components['responses'],
    headers: HEADERS as Components['headers'],
    schemas: { ...referredSchemas(), ...ENVELOPE_SCHEMAS } as unknown as Components['schemas'],
  };
  const { openapi, info, servers, tags, paths } = document;
  return { openapi, info, servers, tags, paths, components }; // in the order in which people read it
}

/** Serves the document as JSON and YAML, and a page to read it. */
export function serveDocuments(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, openApiDocument(app), { jsonDocumentUrl: 'openapi.json', yamlDocumentUrl: 'openapi.yaml' });
}
