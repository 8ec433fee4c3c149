import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

/** The committed OpenAPI document, as far as tests read it. */

export interface Shown { summary?: string; value: unknown }
interface Content { schema?: object; examples?: Record<string, Shown> }
export interface Parameter { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: object; examples?: Record<string, Shown> }
export interface Response { headers?: Record<string, unknown>; content: Record<string, Content> }
export interface Operation {
  operationId: string;
  /** none where anybody may come */
  security?: [{ bearer: string[] }];
  parameters: Parameter[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, Response | { $ref: string }>;
}
export interface ApiDocument {
  openapi: string;
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; responses: Record<string, Response>; headers: Record<string, { required?: boolean }> };
}

export const apiDocument = JSON.parse(readFileSync(join(__dirname, '../../docs/api/openapi.json'), 'utf8')) as ApiDocument;

export interface Route { method: string; path: string; operation: Operation }

export const routes: Route[] = Object.entries(apiDocument.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })));

const SCHEMA_OF_COMPONENT = '#/components/responses/';

export const responseOf = ({ responses }: Operation, status: number | string): Response | undefined => {
  const response = responses[status];
  return response && '$ref' in response ? apiDocument.components.responses[response.$ref.slice(SCHEMA_OF_COMPONENT.length)] : response;
};

/** Answers may gain members, but all that they have now are to be described: here every object is closed. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return 'properties' in inner && !('additionalProperties' in inner) ? { ...inner, additionalProperties: false } : inner;
}

const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
addFormats(ajv);
ajv.addSchema(Object.assign({ $id: 'api' }, { components: { schemas: closed(apiDocument.components.schemas) } }));

/** What is wrong with a value, in sentences; none when it is as the schema says. */
export function faultsIn(value: unknown, schema: object): string[] {
  const absolute = JSON.parse(JSON.stringify(closed(schema)).replaceAll('"#/components', '"api#/components')) as object;
  const known = validators.get(schema) ?? ajv.compile(absolute);
  validators.set(schema, known);
  return known(value) ? [] : (known.errors ?? []).map(({ instancePath, message, params }) => `${instancePath || '(body)'} ${message} ${JSON.stringify(params)}`);
}

const validators = new Map<object, ReturnType<typeof ajv.compile>>();

const literal = (path: string) => path.split('{').length;
const patterns = [...routes].sort((a, b) => literal(a.path) - literal(b.path))
  .map((route) => ({ ...route, pattern: new RegExp(`^${route.path.replace(/\{[^}]+\}/g, '[^/]+')}$`) }));

/** What an answer has that the document doesn't say of it, in sentences. Addresses that are no operation's are not ours to judge. */
export function undocumented(method: string, address: string, { status, headers, body }: { status: number; headers: Headers; body: unknown }): string[] {
  const [path] = address.split('?');
  const route = patterns.find((one) => one.method === method && one.pattern.test(path));
  if (!route) return [];
  const response = responseOf(route.operation, status);
  if (!response) return [`${route.operation.operationId} has no answer ${status}`];
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const content = response.content[type];
  if (!content) return [`${route.operation.operationId} answers ${status} as ${Object.keys(response.content).join()}, not as ${type}`];
  const missing = Object.keys(response.headers ?? {}).filter((name) => apiDocument.components.headers[name].required && !headers.has(name));
  return [...missing.map((name) => `the header ${name} is missing`), ...faultsIn(body, content.schema as object)];
}
